import { describe, expect, test } from "vitest";
import { eventKinds } from "../../shared/vocabulary.ts";
import { decideEventConsequence } from "../../worker/domain/receive/consequence.ts";
import { deriveRecipientOutcome } from "../../worker/domain/receive/event.ts";

const human = (...kinds: Parameters<typeof deriveRecipientOutcome>[0][number]["kind"][]) =>
  kinds.map((kind) => ({ kind, isMachine: false }));

const certain = { certain: true, uncertain: false };

describe("what a person reads as the status", () => {
  test("is the strongest fact, in whatever order the facts came", () => {
    expect(deriveRecipientOutcome(human("opened", "delivered", "accepted"), certain)).toBe("opened");
    expect(deriveRecipientOutcome(human("delivered", "bounced", "delivered"), certain)).toBe("bounced");
    expect(deriveRecipientOutcome(human("unsubscribed", "replied"), certain)).toBe("unsubscribed");
  });

  test("is never plainly sent while nobody can say whether an email was sent", () => {
    for (const sent of [
      { certain: false, uncertain: true },
      { certain: true, uncertain: true },
    ]) {
      expect(deriveRecipientOutcome([], sent)).toBe("probablySent");
      expect(deriveRecipientOutcome(human("accepted"), sent)).toBe("probablySent");
      expect(deriveRecipientOutcome(human("delivered"), sent)).toBe("delivered");
    }
  });

  test("does not count what machines did", () => {
    expect(deriveRecipientOutcome([{ kind: "opened", isMachine: true }], certain)).toBe("sent");
  });

  test("is pending until something was sent", () => {
    expect(deriveRecipientOutcome([], { certain: false, uncertain: false })).toBe("pending");
  });
});

describe("what an event does", () => {
  test("a reply, an opt-out and a complaint stop everybody of that property", () => {
    for (const kind of ["replied", "unsubscribed", "complained"] as const) {
      expect(decideEventConsequence({ kind, data: {} })).toMatchObject({ stop: kind, stopsProperty: true });
    }
  });

  test("an out-of-office stops nobody", () => {
    expect(decideEventConsequence({ kind: "autoReplied", data: {} }).stop).toBeNull();
  });

  test("only a hard bounce suppresses the address", () => {
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

  test("a provider's own suppression becomes ours, its complaint about the content does not", () => {
    const rejected = (rejectReason: "unsubscribed" | "content") =>
      decideEventConsequence({ kind: "rejected", data: { rejectReason } });
    expect(rejected("unsubscribed")).toMatchObject({ stop: "suppressed", suppress: "unsubscribed" });
    expect(rejected("content")).toMatchObject({ stop: null, suppress: null });
  });

  test("every kind has an answer", () => {
    for (const kind of eventKinds) expect(decideEventConsequence({ kind, data: {} })).toHaveProperty("stop");
  });
});
