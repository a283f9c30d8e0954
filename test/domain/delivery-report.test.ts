import { describe, expect, test } from "vitest";
import {
  isBounceNotice,
  isDelayNotice,
  isUndeliveredSubject,
} from "../../worker/domain/receive/bounce-notice.ts";
import {
  parseNoticeWithoutRecipient,
  parseReportFields,
  parseReportText,
} from "../../worker/domain/receive/delivery-report.ts";
import type { InboundFacts } from "../../worker/domain/receive/inbound-meaning.ts";
import { interpretReturnedEmail } from "../../worker/domain/receive/returned-mail.ts";
import { maxLinearTimeGrowth, measureTimeGrowth } from "../support/growth.ts";

describe("a subject that reports an undelivered email", () => {
  test.each([
    "Undeliverable: Your home",
    "Undelivered Mail Returned to Sender",
    "Mail delivery failed: returning message to sender",
    "Delivery Status Notification (Failure)",
    "failure notice",
    "Message undelivered",
    "Unzustellbar: Ihr Haus",
    "Ihre Nachricht konnte nicht zugestellt werden",
    "Non remis : votre maison",
    "Échec de la remise",
    "No se puede entregar: su casa",
    "Error de entrega",
    "Mancato recapito",
    "Não foi possível entregar a mensagem",
    "Falha na entrega",
    "Onbestelbaar: uw huis",
    "Bezorging mislukt",
    "Olevererbart: huset",
    "Kan ikke leveres: huset",
    "Niedostarczona wiadomość",
    "Toimitus epäonnistui",
    "Недоставленное сообщение",
    "配信できませんでした",
    "系统退信",
    "無法傳遞的郵件",
  ])("is recognized: %s", (subject) => {
    expect(isUndeliveredSubject(subject)).toBe(true);
    expect(isBounceNotice({ subject, from: "robot@example.com", envelopeFrom: "" })).toBe(true);
    expect(isBounceNotice({ subject, from: "jane@example.com", envelopeFrom: "jane@example.com" })).toBe(
      false,
    );
  });

  test.each([
    "Re: Your home",
    "Automatic reply: Your home",
    "Out of office",
    "Thank you",
    "Abwesend bis Montag",
  ])("is not seen in %s", (subject) => {
    expect(isUndeliveredSubject(subject)).toBe(false);
  });
});

describe("a notice of a delayed delivery", () => {
  test.each([
    ["Warning: could not send message for past 4 hours", "Will keep trying until message is 5 days old"],
    ["Delivery Status Notification (Delay)", "The delivery will be retried."],
    ["Delayed Mail (still being retried)", ""],
    ["Verzögerte Zustellung", ""],
    ["Avis", "Votre message a été différé."],
    ["Aviso", "El mensaje se ha retrasado."],
    ["Avviso", "Il messaggio è in ritardo."],
    ["Bericht", "Uw bericht is vertraagd."],
  ])("is recognized: %s / %s", (subject, words) => {
    expect(isDelayNotice(subject, words, false)).toBe(true);
  });

  test.each([
    ["Delayed mail", "Giving up after 5 days."],
    ["Undelivered Mail Returned to Sender", "450 4.2.0 greylisted"],
    ["Mail delivery failed", "retry timeout exceeded"],
  ])("is not seen in %s / %s", (subject, words) => {
    expect(isDelayNotice(subject, words, true)).toBe(false);
  });

  test("is recognized from a temporary reply code if the text does not say that trying has ended", () => {
    expect(isDelayNotice("Your email", "451 4.4.1 no answer", true)).toBe(true);
    expect(isDelayNotice("Your email", "550 5.4.1 no answer", false)).toBe(false);
  });
});

describe("the recipient of a bounce notice in plain words", () => {
  test.each([
    ["<jane@example.com>: host said 550 no"],
    ['"jane@example.com":\n550 no'],
    ["-- jane@example.com\n\n-- 550 no"],
    ["  * jane@example.com\n550 no"],
    ["jane@example.com: 550 no"],
    ["jane@example.com Invalid Address 550 no"],
    ["Mail to jane@example.com failed.\n\n550 no"],
    ["Your mail (to jane@example.com, from postmaster@mx.example.com) failed with 550 no"],
  ])("is found in %j", (words) => {
    const reports = parseReportText(words, "Mail delivery failed", []);
    expect(reports).toMatchObject([{ recipient: "jane@example.com", action: "failed" }]);
    expect(reports[0]?.diagnostic).toContain("550 no");
  });

  test("is not read from the returned email below the notice", () => {
    const words = "It failed for <jane@example.com>.\n550 no\n\nReceived: from us\nTo: <other@example.com>";
    expect(parseReportText(words, "failed", [])).toMatchObject([{ recipient: "jane@example.com" }]);
  });

  test("is left open if one sentence names several addresses", () => {
    const words = "Mail from ann@example.com to jane@example.com failed.";
    expect(parseReportText(words, "failed", [])).toMatchObject([
      { recipient: "", mentioned: ["ann@example.com", "jane@example.com"] },
    ]);
  });
});

test.each([
  ["Final-Recipient: rfc822; jane@example.com\nAction: expired\nStatus: 4.4.7", "failed"],
  ["Final-Recipient: rfc822; jane@example.com\nStatus: 5.1.1", "failed"],
  ["Final-Recipient: rfc822; jane@example.com\nStatus: 2.0.0", "delivered"],
  ["Final-Recipient: rfc822; jane@example.com\nAction: deferred\nStatus: 4.4.7", "delayed"],
  ["Original-Recipient: rfc822; jane@example.com\nAction: failed\nStatus: 5.1.1", "failed"],
])("the action in %j is %s", (fields, action) => {
  expect(parseReportFields(`Reporting-MTA: dns; mx\n\n${fields}`, "")).toMatchObject([
    { recipient: "jane@example.com", action },
  ]);
});

test("a Diagnostic-Code that is only a number is completed from the report's words", () => {
  const fields = "Final-Recipient: rfc822; jane@example.com\nAction: failed\nDiagnostic-Code: smtp; 550";
  expect(parseReportFields(fields, "Sorry.\n550 user unknown")[0]?.diagnostic).toBe("550 550 user unknown");
});

describe("an email to a message's own bounce address", () => {
  const facts = (change: Partial<InboundFacts> & { text?: string }): InboundFacts & { text: string } => ({
    headers: new Map(),
    envelopeFrom: "",
    from: "robot@relay.example.com",
    subject: "Your email",
    words: change.text ?? "",
    text: "",
    reports: null,
    feedback: null,
    ...change,
  });
  const kinds = (change: Parameters<typeof facts>[0]) =>
    interpretReturnedEmail(facts(change), "jane@example.com").map(({ kind }) => kind);

  test("is read as a soft bounce if nothing else fits", () => {
    expect(interpretReturnedEmail(facts({ text: "?" }), null)).toMatchObject([
      { kind: "bounced", bounceClass: "soft" },
    ]);
    expect(kinds({ from: "" })).toEqual(["bounced"]);
    expect(kinds({ reports: [] })).toEqual(["bounced"]);
    expect(kinds({ from: "someone@example.com", envelopeFrom: "someone@example.com" })).toEqual(["bounced"]);
    expect(
      kinds({ from: "postmaster@example.com", headers: new Map([["auto-submitted", "auto-replied"]]) }),
    ).toEqual(["bounced"]);
  });

  test("is an automatic reply if it has the marks of one or comes from the recipient", () => {
    expect(kinds({ headers: new Map([["auto-submitted", "auto-replied"]]) })).toEqual(["autoReplied"]);
    expect(kinds({ subject: "Out of office: back on Monday" })).toEqual(["autoReplied"]);
    expect(kinds({ from: "jane@example.com" })).toEqual(["autoReplied"]);
  });
});

test.each(["a@b.c ", "<a@b.c>: ", "-- ", "550 5.1.1 ", "Received: x\n", "\n", "will continue "])(
  "a megabyte of %j is read in time that grows in proportion to its length",
  (part) => {
    const read = (text: string) => {
      parseReportText(text, text.slice(0, 500), []);
      parseReportFields(text.slice(0, text.length / 10), text);
      parseNoticeWithoutRecipient(text, "failed");
    };
    expect(measureTimeGrowth(read, part, 1_000_000)).toBeLessThan(maxLinearTimeGrowth);
  },
);
