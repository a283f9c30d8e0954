import { describe, expect, test } from "vitest";
import { type InboundFacts, meaningOf, ownWords } from "../../worker/domain/inbound.ts";

const facts = (change: Partial<InboundFacts> & { header?: [string, string] } = {}): InboundFacts => {
  const { header, ...rest } = change;
  return {
    headers: new Map(header === undefined ? [] : [header]),
    envelopeFrom: "jane.doe@example.com",
    from: "jane.doe@example.com",
    subject: "Re: Your home on Main St",
    text: "Yes, call me on Tuesday.",
    report: null,
    feedbackType: null,
    isUnsubscribeAddress: false,
    ...rest,
  };
};

describe("what an incoming email means", () => {
  test("a person's answer is a reply", () => {
    expect(meaningOf(facts())).toEqual({ kind: "replied" });
  });

  test.each([
    [{ header: ["auto-submitted", "auto-replied"] }],
    [{ header: ["x-auto-response-suppress", "All"] }],
    [{ header: ["x-apple-action", "VACATION"] }],
    [{ header: ["precedence", "bulk"] }],
    [{ envelopeFrom: "" }],
    [{ from: "mailer-daemon@example.com" }],
    [{ subject: "Automatic reply: Your home" }],
    [{ subject: "Out of office until Monday" }],
  ] as [Parameters<typeof facts>[0]][])("%o is not a reply", (change) => {
    expect(meaningOf(facts(change))).toEqual({ kind: "autoReplied" });
  });

  test("Auto-Submitted: no is a person", () => {
    expect(meaningOf(facts({ header: ["auto-submitted", "no"] }))).toEqual({ kind: "replied" });
  });

  test("a mail client's unsubscribe is one although it says it was sent automatically", () => {
    const headers = new Map([
      ["auto-submitted", "auto-replied"],
      ["x-apple-unsubscribe", "true"],
    ]);
    expect(meaningOf(facts({ headers }))).toEqual({ kind: "unsubscribed" });
  });

  test.each(["Unsubscribe", "STOP.", "remove me", "stop\n\nOn Mon, Ann wrote:\n> stop?"])(
    "%j asks to be left out",
    (text) => {
      expect(meaningOf(facts({ text }))).toEqual({ kind: "unsubscribed" });
    },
  );

  test("a sentence with the word stop in it is a reply", () => {
    expect(meaningOf(facts({ text: "Don't stop by before six." }))).toEqual({ kind: "replied" });
  });

  test.each([
    ["failed", "5.1.1", { kind: "bounced", bounceClass: "hard", status: "5.1.1" }],
    ["failed", "5.2.2", { kind: "bounced", bounceClass: "soft", status: "5.2.2" }],
    ["failed", "5.7.1", { kind: "bounced", bounceClass: "block", status: "5.7.1" }],
    ["delayed", "4.4.7", { kind: "deferred" }],
    ["delivered", "2.0.0", { kind: "delivered" }],
  ])("a delivery report %s %s", (action, status, meaning) => {
    expect(meaningOf(facts({ report: { action, status, text: "" }, envelopeFrom: "" }))).toEqual(meaning);
  });

  test("a feedback report is a complaint, an authentication one is not", () => {
    expect(meaningOf(facts({ feedbackType: "abuse" }))).toEqual({ kind: "complained" });
    expect(meaningOf(facts({ feedbackType: "auth-failure" }))).toEqual({ kind: "unknown" });
  });
});

describe("a reply's own words", () => {
  test.each([
    [
      "Sounds good.\n\nOn Tue, Oct 6, 2026 at 9:00 AM Ann Agent <ann@example.com> wrote:\n> Hi Jane",
      "Sounds good.",
    ],
    ["Sure\r\n-----Original Message-----\r\nFrom: Ann", "Sure"],
    ["No thanks\n\nFrom: Ann Agent\nSent: Tuesday\nTo: Jane", "No thanks"],
    ["> quoted\nmine\n> quoted", "mine"],
  ])("%j", (text, words) => {
    expect(ownWords(text)).toBe(words);
  });
});
