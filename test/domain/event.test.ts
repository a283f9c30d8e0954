import { describe, expect, test } from "vitest";
import { eventKinds } from "../../shared/vocabulary.ts";
import { decideEventConsequence } from "../../worker/domain/receive/consequence.ts";
import { deriveRecipientOutcome } from "../../worker/domain/receive/event.ts";

const human = (...kinds: Parameters<typeof deriveRecipientOutcome>[0][number]["kind"][]) =>
  kinds.map((kind) => ({ kind, isMachine: false }));

const certain = { certain: true, uncertain: false };

describe("the status shown for a recipient", () => {
  test("is the strongest event, whatever the order of the events", () => {
    expect(deriveRecipientOutcome(human("opened", "delivered", "accepted"), certain)).toBe("opened");
    expect(deriveRecipientOutcome(human("delivered", "bounced", "delivered"), certain)).toBe("bounced");
    expect(deriveRecipientOutcome(human("unsubscribed", "replied"), certain)).toBe("unsubscribed");
    expect(deriveRecipientOutcome(human("complained", "unsubscribed"), certain)).toBe("complained");
  });

  test('is never plain "sent" while it is not certain that an email was sent', () => {
    for (const sent of [
      { certain: false, uncertain: true },
      { certain: true, uncertain: true },
    ]) {
      expect(deriveRecipientOutcome([], sent)).toBe("probablySent");
      expect(deriveRecipientOutcome(human("accepted"), sent)).toBe("probablySent");
      expect(deriveRecipientOutcome(human("delivered"), sent)).toBe("delivered");
    }
  });

  test("does not count events caused by machines", () => {
    expect(deriveRecipientOutcome([{ kind: "opened", isMachine: true }], certain)).toBe("sent");
  });

  test("is pending until an email is sent", () => {
    expect(deriveRecipientOutcome([], { certain: false, uncertain: false })).toBe("pending");
  });
});

describe("an email event", () => {
  test("that is a reply, an opt-out or a complaint stops everybody at that property", () => {
    for (const kind of ["replied", "unsubscribed", "complained"] as const) {
      expect(decideEventConsequence({ kind, data: {} })).toMatchObject({ stop: kind, stopsProperty: true });
    }
  });

  test("that is an out-of-office reply stops nobody", () => {
    expect(decideEventConsequence({ kind: "autoReplied", data: {} }).stop).toBeNull();
  });

  test("that is a bounce suppresses the address only if the bounce is hard", () => {
    expect(decideEventConsequence({ kind: "bounced", data: { bounceClass: "hard" } }).suppress).toBe(
      "bounced",
    );
    for (const bounceClass of ["soft", "block"] as const) {
      expect(decideEventConsequence({ kind: "bounced", data: { bounceClass } })).toMatchObject({
        stop: null,
        suppress: null,
      });
    }
  });

  test("that reports the provider's own suppression suppresses the address; a content fault does not", () => {
    const rejected = (rejectReason: "unsubscribed" | "content") =>
      decideEventConsequence({ kind: "rejected", data: { rejectReason } });
    expect(rejected("unsubscribed")).toMatchObject({ stop: "suppressed", suppress: "unsubscribed" });
    expect(rejected("content")).toMatchObject({ stop: null, suppress: null });
  });

  test("of every kind has a consequence", () => {
    for (const kind of eventKinds) expect(decideEventConsequence({ kind, data: {} })).toHaveProperty("stop");
  });
});
