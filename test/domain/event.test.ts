import { describe, expect, test } from "vitest";
import { eventKinds } from "../../shared/vocabulary.ts";
import { consequenceOf } from "../../worker/domain/receive/consequence.ts";
import { outcomeOf } from "../../worker/domain/receive/event.ts";

const human = (...kinds: Parameters<typeof outcomeOf>[0][number]["kind"][]) =>
  kinds.map((kind) => ({ kind, isMachine: false }));

describe("what a person reads as the status", () => {
  test("is the strongest fact, in whatever order the facts came", () => {
    expect(outcomeOf(human("opened", "delivered", "accepted"), true)).toBe("opened");
    expect(outcomeOf(human("delivered", "bounced", "delivered"), true)).toBe("bounced");
    expect(outcomeOf(human("unsubscribed", "replied"), true)).toBe("unsubscribed");
  });

  test("does not count what machines did", () => {
    expect(outcomeOf([{ kind: "opened", isMachine: true }], true)).toBe("sent");
  });

  test("is pending until something was sent", () => {
    expect(outcomeOf([], false)).toBe("pending");
  });
});

describe("what an event does", () => {
  test("a reply, an opt-out and a complaint stop everybody of that property", () => {
    for (const kind of ["replied", "unsubscribed", "complained"] as const) {
      expect(consequenceOf({ kind, data: {} })).toMatchObject({ stop: kind, stopsProperty: true });
    }
  });

  test("an out-of-office stops nobody", () => {
    expect(consequenceOf({ kind: "autoReplied", data: {} }).stop).toBeNull();
  });

  test("only a hard bounce suppresses the address", () => {
    expect(consequenceOf({ kind: "bounced", data: { bounceClass: "hard" } }).suppress).toBe("bounced");
    for (const bounceClass of ["soft", "block"] as const) {
      expect(consequenceOf({ kind: "bounced", data: { bounceClass } })).toMatchObject({
        stop: null,
        suppress: null,
      });
    }
  });

  test("a provider's own suppression becomes ours, its complaint about the content does not", () => {
    const rejected = (rejectReason: "unsubscribed" | "content") =>
      consequenceOf({ kind: "rejected", data: { rejectReason } });
    expect(rejected("unsubscribed")).toMatchObject({ stop: "suppressed", suppress: "unsubscribed" });
    expect(rejected("content")).toMatchObject({ stop: null, suppress: null });
  });

  test("every kind has an answer", () => {
    for (const kind of eventKinds) expect(consequenceOf({ kind, data: {} })).toHaveProperty("stop");
  });
});
