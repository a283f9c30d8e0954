import { describe, expect, test } from "vitest";
import {
  type InboundFacts,
  type InboundMeaning,
  interpretInboundEmail,
} from "../../worker/domain/receive/inbound-meaning.ts";
import { extractReplyText, maxStoredReplyLength } from "../../worker/domain/receive/reply-text.ts";
import { findTrustedMeaning } from "../../worker/domain/receive/trusted-meaning.ts";
import { maxLinearTimeGrowth, measureTimeGrowth } from "../support/growth.ts";

/*
 * Tests with facts about received emails that are built by hand. Tests that need a whole email use
 * test/providers/samples/inbound.json.
 */

const facts = (change: Partial<InboundFacts> & { header?: [string, string] } = {}): InboundFacts => {
  const { header, ...rest } = change;
  return {
    headers: new Map(header === undefined ? [] : [header]),
    envelopeFrom: "jane.doe@example.com",
    from: "jane.doe@example.com",
    subject: "Re: Your home on Main St",
    words: "Yes, call me on Tuesday.",
    reports: null,
    feedback: null,
    ...rest,
  };
};
const kindOf = (change: Parameters<typeof facts>[0]) =>
  interpretInboundEmail(facts(change)).map(({ kind }) => kind);

const report = {
  recipient: "jane.doe@example.com",
  originalRecipient: "",
  action: "failed",
  status: "5.1.1",
  diagnostic: "",
} as const;

describe("the meaning of an incoming email, by the first mark that it has,", () => {
  const unsubscribing = new Map([
    ["auto-submitted", "auto-replied"],
    ["x-apple-unsubscribe", "true"],
  ]);

  test("is a delivery report before anything else", () => {
    const feedback = { type: "abuse", recipients: [] };
    expect(kindOf({ reports: [report], feedback, headers: unsubscribing, words: "stop" })).toEqual([
      "bounced",
    ]);
  });

  test("is next a feedback report", () => {
    expect(kindOf({ feedback: { type: "abuse", recipients: [] }, words: "stop" })).toEqual(["complained"]);
  });

  test("is next an opt-out, even if a program sent it", () => {
    expect(kindOf({ headers: unsubscribing })).toEqual(["unsubscribed"]);
    expect(kindOf({ words: "Stop!", header: ["precedence", "bulk"] })).toEqual(["unsubscribed"]);
  });

  test("is next an automatic reply, and otherwise a reply", () => {
    expect(kindOf({ header: ["auto-submitted", "auto-replied"] })).toEqual(["autoReplied"]);
    expect(kindOf({ header: ["auto-submitted", "no (really)"] })).toEqual(["replied"]);
    expect(kindOf({})).toEqual(["replied"]);
  });
});

test("a delivery report that can't be read has no meaning and is not a reply", () => {
  expect(kindOf({ reports: [] })).toEqual([]);
});

test('a long text that begins with "stop" is a reply', () => {
  expect(kindOf({ words: `stop ${"and listen ".repeat(50)}` })).toEqual(["replied"]);
});

describe("the trusted meaning of an email that was matched to a recipient", () => {
  const bounced = { kind: "bounced", bounceClass: "hard", ...report } as const;
  const of = (meaning: InboundMeaning, change: Partial<Parameters<typeof findTrustedMeaning>[1]>) =>
    findTrustedMeaning(meaning, {
      by: "messageId",
      recipient: "Jane.Doe@example.com",
      from: "jane.doe@example.com",
      reports: 1,
      ...change,
    });

  test.each(["bounce", "unsubscribe", "reply", "messageId"] as const)(
    "is a report if it names the recipient, matched by %s",
    (by) => {
      expect(of(bounced, { by })).toEqual(bounced);
    },
  );

  test.each(["unsubscribe", "reply", "messageId", "sender"] as const)(
    "is not a report about somebody else, matched by %s",
    (by) => {
      expect(of({ ...bounced, recipient: "victim@example.com" }, { by })).toBeNull();
    },
  );

  test("is a report to the message's own bounce address, even if it names another address", () => {
    const forwarded = { ...bounced, recipient: "jane@elsewhere.example.com" };
    expect(of(forwarded, { by: "bounce" })).toEqual(forwarded);
    expect(of(forwarded, { by: "bounce", reports: 2 })).toBeNull();
  });

  test("is none if only the From matches, because anybody can write one", () => {
    expect(of(bounced, { by: "sender" })).toBeNull();
    expect(of({ kind: "complained", recipients: [] }, { by: "sender" })).toBeNull();
    for (const kind of ["unsubscribed", "replied", "autoReplied"] as const) {
      expect(of({ kind }, { by: "sender" })).toBeNull();
    }
  });

  test("is an opt-out by anybody at the unsubscribe address, but only by the recipient in a reply", () => {
    const from = "mallory@example.com";
    expect(of({ kind: "unsubscribed" }, { by: "unsubscribe", from })).toEqual({ kind: "unsubscribed" });
    expect(of({ kind: "unsubscribed" }, { by: "reply", from })).toEqual({
      kind: "replied",
      mayWantOut: true,
    });
    expect(of({ kind: "unsubscribed" }, { by: "reply" })).toEqual({ kind: "unsubscribed" });
  });

  test("is an automatic reply if an answer came to the bounce address", () => {
    expect(of({ kind: "replied" }, { by: "bounce" })).toEqual({ kind: "autoReplied" });
  });

  test("is a complaint with a hidden local part, but not one about another domain", () => {
    const complaint = (recipient: string) => ({ kind: "complained", recipients: [recipient] }) as const;
    expect(of(complaint("0123abcd@example.com"), {})).not.toBeNull();
    expect(of(complaint("victim@elsewhere.example.com"), {})).toBeNull();
  });
});

describe("the text that a person wrote in a reply", () => {
  test.each([
    [
      "Sounds good.\n\nOn Tue, Oct 6, 2026 at 9:00 AM Ann Agent <ann@example.com> wrote:\n> Hi",
      "Sounds good.",
    ],
    ["Thanks\nOn Mon, Ann wrote:\n> Hi", "Thanks"],
    ["On Tuesday works.\nOn Mon, Ann wrote:\n> Hi", "On Tuesday works."],
    ["On Tuesday she wrote: call me", "On Tuesday she wrote: call me"],
    ["Sure\r\n-----Original Message-----\r\nFrom: Ann", "Sure"],
    ["No thanks\n\nFrom: Ann Agent\nSent: Tuesday\nTo: Jane", "No thanks"],
    ["From: what I hear\nit is sold", "From: what I hear\nit is sold"],
    ["> quoted\nmine\n> quoted", "mine"],
    ["On 10/06/2025, Ann wrote:\n> Hi\n\nBelow it\n> and more\nand between", "Below it\nand between"],
    ["Yes\n-- \nJane\n555 0100", "Yes"],
    ["Yes -- or no", "Yes -- or no"],
    ["Yes\n\nSent from my iPhone", "Yes"],
    ["Ja\n\nVon meinem iPhone gesendet", "Ja"],
    ["Oui\n\nEnvoyé de mon iPhone", "Oui"],
    ["Yes\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Yes"],
    ["Sent from my iPhone", "Sent from my iPhone"],
    ["-- \nJane", "-- \nJane"],
    ["Le prix ?\n\nLe lun. 6 oct. 2025 à 09:00, Ann <ann@example.com> a\nécrit :\n> Bonjour", "Le prix ?"],
    ["Oui\n\nDe : Ann Agent <ann@example.com>\nEnvoyé : mardi\nÀ : Jane\nObjet : Maison\n\nBonjour", "Oui"],
    ["Ja\n\nFrån: Ann Agent\nSkickat: den 6 oktober\nTill: Jane\nÄmne: Huset\n\nHej", "Ja"],
    ["Ja tak\n\nFra: Ann Agent\nSendt: 6. oktober\nTil: Jane\nEmne: Huset\n\nHej", "Ja tak"],
    ["Tak\n\nOd: Ann Agent\nWysłano: wtorek\nDo: Jane\nTemat: Dom\n\nDzień dobry", "Tak"],
    ["好\n\n发件人: Ann Agent\n发送时间: 2026年1月1日\n收件人: Jane\n主题: 房子\n\n你好", "好"],
    ["好\n\n寄件者：Ann Agent\n寄件日期：2026年1月1日\n收件者：Jane\n主旨：房子\n\n你好", "好"],
    ["はい\n\n差出人: Ann Agent\n送信日時: 2026年1月1日\n宛先: Jane\n件名: 家\n\nこんにちは", "はい"],
    [
      "Nein\n\n-----Original-Nachricht-----\nBetreff: Haus\nDatum: 2026-01-01\nVon: Ann\nAn: Jane\n\nHallo",
      "Nein",
    ],
    ["Nein\n\nBetreff: Haus\nDatum: 2026-01-01\nVon: Ann\nAn: Jane\n\nHallo", "Nein"],
    ["Sure\n\n---- On Thu, 01 Jan 2026 09:00:00 -0500 Ann <ann@example.com> wrote ----\n\nHi", "Sure"],
    ["Sure\n\n---- On Thu, 01 Jan 2026 09:00:00 -0500 Ann <ann@example.com> wrote\n----\n\nHi", "Sure"],
    ["Ja\n\nAnn <ann@example.com> schrieb am Do., 1. Jan. 2026 um\n09:00 Uhr:\n\n> Hallo", "Ja"],
    ["Ja\n\nDen tors. 1. jan. 2026 kl. 09.00 skrev Ann <ann@example.com>:\n\nHej", "Ja"],
    ["Tak\n\nczw., 1 sty 2026 o 09:00 Ann <ann@example.com> napisał(a):\n\nHej", "Tak"],
    ["好\n\nAnn <ann@example.com> 于2026年1月1日周四 09:00写道：\n\n你好", "好"],
    ["はい\n\n2026年1月1日(木) 9:00 Ann <ann@example.com>:\n\nこんにちは", "はい"],
    ["Yes\n\nSent from Outlook for Android<https://example.com/x>", "Yes"],
    ["はい\n\niPhoneから送信", "はい"],
    ["Ja\n\nSendt fra min iPhone", "Ja"],
    ["Да\n\nпн, 30 нояб. 2026 г. в 09:01, Ann <ann@example.com>:\n> Привет", "Да"],
    ["네\n\n2026년 11월 30일 오전 9:01, Ann <ann@example.com>님이 작성:\n\n> 안녕", "네"],
    ["Igen\n\nAnn <ann@example.com> ezt írta (időpont: 2026. nov. 30., 9:01):\n> Szia", "Igen"],
    ["Ναι\n\nΣτις 30 Νοε 2026 στις 9:01, ο χρήστης Ann <ann@example.com> έγραψε:\n> Γεια", "Ναι"],
    ["Meet <pat@example.com> at 9:30:\nthe side door", "Meet <pat@example.com> at 9:30:\nthe side door"],
    ["To: whom it may concern\nthe house is sold", "To: whom it may concern\nthe house is sold"],
    ["", ""],
  ])("is separated from quotes and signatures in %j", (text, words) => {
    expect(extractReplyText(text)).toBe(words);
  });

  test.each(["> \n", "On a wrote\n", "From: a\n", "on ".repeat(160), "a", "\n", "Sent from my ", "--\n"])(
    "is found in a megabyte of %j in time proportional to its length, and cut at a limit",
    (line) => {
      const read = (text: string) =>
        expect(extractReplyText(text).length).toBeLessThanOrEqual(maxStoredReplyLength);
      expect(measureTimeGrowth(read, line, 1_000_000)).toBeLessThan(maxLinearTimeGrowth);
    },
  );
});
