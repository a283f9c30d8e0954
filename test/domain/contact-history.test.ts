import { describe, expect, it } from "vitest";
import {
  cutToFirstWords,
  forbidsEmailsAtProperty,
  forbidsEmailsTo,
  listContactMarks,
  listPropertyAnswers,
  type OtherRecipient,
  type PropertyHistory,
  type StoredRefusal,
} from "../../worker/domain/send/contact-history.ts";

const refusal = (part: Partial<StoredRefusal> = {}): StoredRefusal => ({
  propertyId: "p-1",
  email: "mary@example.com",
  kind: "unsubscribed",
  refusedAt: 100,
  name: "Mary",
  note: null,
  replyText: null,
  recipientId: 1,
  isSuppressed: true,
  ownersChangedAt: null,
  addressedAt: 100,
  ...part,
});

const past = (part: Partial<OtherRecipient> = {}): OtherRecipient => ({
  propertyId: "p-1",
  email: "mary@example.com",
  contactKey: "K1",
  name: "Mary",
  campaignId: 1,
  campaignName: "Just sold",
  senderName: "Ann",
  hasBounced: false,
  sent: 0,
  lastSentAt: null,
  addressedAt: 5,
  answeredAt: null,
  answerText: null,
  ...part,
});

const facts = (part: Partial<PropertyHistory> = {}): PropertyHistory => ({
  propertyId: "p-1",
  ownersChangedAt: null,
  refusals: [],
  past: [],
  suppressions: new Map(),
  undecidedElsewhere: new Map(),
  ...part,
});

const mary = { email: "mary@example.com", contactKey: "K1" };
const tom = { email: "tom@example.com", contactKey: "K2" };

describe("a refusal by a contact", () => {
  it.each(["unsubscribed", "complained", "refused"] as const)(
    "%s closes the property to everybody",
    (kind) => {
      expect(forbidsEmailsAtProperty(refusal({ kind }))).toBe(true);
      expect(forbidsEmailsTo(refusal({ kind }), tom.email)).toBe(true);
    },
  );

  it("of the kind wrongPerson closes that address only, whether it is suppressed or not", () => {
    const wrong = refusal({ kind: "wrongPerson", isSuppressed: false });
    expect(forbidsEmailsAtProperty(wrong)).toBe(false);
    expect(forbidsEmailsTo(wrong, mary.email)).toBe(true);
    expect(forbidsEmailsTo(wrong, tom.email)).toBe(false);
    expect(forbidsEmailsTo({ ...wrong, ownersChangedAt: 200 }, mary.email)).toBe(true);
  });

  it("no longer applies once its suppression is lifted or the owners change", () => {
    expect(forbidsEmailsAtProperty(refusal({ isSuppressed: false }))).toBe(false);
    expect(forbidsEmailsAtProperty(refusal({ ownersChangedAt: 100 }))).toBe(false);
    expect(forbidsEmailsAtProperty(refusal({ ownersChangedAt: 99 }))).toBe(true);
    expect(forbidsEmailsAtProperty(refusal({ addressedAt: 90, refusedAt: 200, ownersChangedAt: 100 }))).toBe(
      false,
    );
  });
});

describe("the marks of a contact", () => {
  it("are empty for somebody who never got an email", () => {
    expect(listContactMarks([tom], facts())).toEqual([
      {
        suppressed: null,
        refusedHere: null,
        answered: null,
        emailed: null,
        bounced: false,
        undecidedElsewhere: null,
        isClosed: false,
      },
    ]);
  });

  it("count the emails of all campaigns and name the last sender", () => {
    const earlier = [
      past({ sent: 2, lastSentAt: 50, senderName: "Ann" }),
      past({ sent: 1, lastSentAt: 90, senderName: "Ben", propertyId: "p-2" }),
      past({ sent: 5, lastSentAt: 95, email: tom.email, contactKey: "K2" }),
    ];
    const [marks] = listContactMarks([mary], facts({ past: earlier }));
    expect(marks?.emailed).toEqual({ count: 3, lastAt: 90, lastFrom: "Ben" });
  });

  it("find an answer from an earlier address by the host's contact key, but not its bounce", () => {
    const earlier = [
      past({ email: "old@example.com", answeredAt: 70, answerText: "Call me", hasBounced: true }),
    ];
    const [marks] = listContactMarks([mary], facts({ past: earlier }));
    expect(marks).toMatchObject({ answered: { firstWords: "Call me", answeredAt: 70 }, bounced: false });
  });

  it("close a contact without an address at a closed property, and show a bounce", () => {
    const known = facts({
      refusals: [refusal()],
      suppressions: new Map([[tom.email, { reason: "bounced" as const, since: 10 }]]),
    });
    expect(listContactMarks([{ email: null, contactKey: null }, tom], known)).toMatchObject([
      { isClosed: true, refusedHere: null },
      { isClosed: true, bounced: true },
    ]);
  });
});

describe("the answers listed for a property", () => {
  it("are the last one of each person since the owners changed, newest first", () => {
    const known = facts({
      ownersChangedAt: 20,
      past: [
        past({ answeredAt: 10, answerText: "Before the sale" }),
        past({ answeredAt: 45, answerText: "We have sold", email: "earlier@example.com" }),
        past({ addressedAt: 25, answeredAt: 30, answerText: "First" }),
        past({ addressedAt: 25, answeredAt: 40, answerText: "Second" }),
        past({ addressedAt: 25, answeredAt: 50, answerText: "Tom's", email: tom.email, name: "Tom" }),
        past({ answeredAt: 60, answerText: "Elsewhere", propertyId: "p-2" }),
      ],
    });
    expect(listPropertyAnswers(known).map(({ firstWords }) => firstWords)).toEqual(["Tom's", "Second"]);
  });

  it("are cut between words and put on one line", () => {
    expect(cutToFirstWords(" Yes,\r\n  please ")).toBe("Yes, please");
    const cut = cutToFirstWords("word ".repeat(60));
    expect(cut).toMatch(/^(word )+word…$/);
    expect([...cutToFirstWords("😀".repeat(200))]).toHaveLength(121);
  });
});
