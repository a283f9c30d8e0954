import { describe, expect, test } from "vitest";
import { isAutoReply } from "../../../worker/domain/receive/auto-reply.ts";
import { extractReplyText } from "../../../worker/domain/receive/reply-text.ts";
import { maxLinearGrowth, measureGrowth } from "../../support/growth.ts";
import { hasLabelledSet, loadLabelled, printScore, scoreRule } from "./labelled.ts";

type Row = {
  headers: Record<string, string>;
  subject: string;
  text: string;
  from?: string;
  envelopeFrom?: string;
  label: "automatic" | "personal";
};

function isRowAutomatic({ headers, subject, text, from = "pat.rowe@example.com", envelopeFrom = from }: Row) {
  return isAutoReply({
    headers: new Map(Object.entries(headers)),
    envelopeFrom,
    from,
    subject,
    words: extractReplyText(text),
  });
}

describe("the automatic replies among the labeled answers", () => {
  const names = ["answers", "answers-unseen", "answers-blind"].filter(hasLabelledSet);

  test.each(names)("are separated from personal replies in %s with at most 1 % mistakes", (name) => {
    const rows = loadLabelled<Row>(name);
    printScore(
      name,
      rows.length,
      scoreRule(rows, ({ label }) => label === "automatic", isRowAutomatic),
    );
    const shareWrong = (label: Row["label"]) => {
      const ofKind = rows.filter((row) => row.label === label);
      return ofKind.filter((row) => isRowAutomatic(row) !== (label === "automatic")).length / ofKind.length;
    };
    expect(rows.length).toBeGreaterThanOrEqual(150);
    expect(shareWrong("automatic")).toBeLessThanOrEqual(0.01);
    expect(shareWrong("personal")).toBeLessThanOrEqual(0.01);
  });
});

const row = (change: Partial<Row>): Row => ({
  headers: {},
  subject: "Re: Your house",
  text: "Hello.",
  label: "automatic",
  ...change,
});

describe("an email header", () => {
  test.each([
    ["x-autoreply", "NO"],
    ["auto-submitted", "no (a person)"],
    ["x-auto-response-suppress", "OOF"],
    ["precedence", "list"],
    ["precedence", "bulk"],
    ["return-path", "<pat@example.com>"],
  ])("%s: %s does not prove an automatic reply", (name, value) => {
    expect(isRowAutomatic(row({ headers: { [name]: value } }))).toBe(false);
  });

  test.each([
    ["x-autoreply", ""],
    ["precedence", "Auto-Reply"],
    ["delivered-to", "autoresponder, pat@example.com"],
    ["content-type", "multipart/report; boundary=b; report-type=disposition-notification"],
    ["x-boxtrapper-ask", "1"],
  ])("%s: %s proves an automatic reply", (name, value) => {
    expect(isRowAutomatic(row({ headers: { [name]: value } }))).toBe(true);
  });
});

describe("a notice that its mailbox is no longer used", () => {
  test.each([
    ["New email address", "I no longer use this account. My new address is pat@new.example."],
    ["Neue Adresse", "Dieses Postfach wird nicht mehr abgerufen. Neu: pat@neu.example"],
    ["Cambio de correo", "Ya no uso esta cuenta, escriban a pat@nuevo.example."],
    ["Nouvelle adresse", "Cette adresse n'est plus utilisée : pat@nouveau.example"],
    ["Nieuw adres", "Dit mailadres vervalt. Gebruik pat@nieuw.example."],
    ["Nuovo indirizzo", "Questa casella verrà chiusa. Aggiornate la rubrica."],
  ])("is a program's: %s", (subject, text) => {
    expect(isRowAutomatic(row({ subject, text }))).toBe(true);
  });

  test.each([
    ["Re: Your house", "I no longer use this account. My new address is pat@new.example."],
    ["New email address", "I no longer use this one, use pat@new.example. And yes, we'd sell in May."],
    ["My new address", "Write to me at pat@new.example. Did you find a buyer?"],
    ["Our account", "My account was closed at that bank, otherwise all fine. pat@new.example"],
  ])("is a person's under our subject or with more in it: %s", (subject, text) => {
    expect(isRowAutomatic(row({ subject, text }))).toBe(false);
  });
});

test.each(["Out of office space?", "On vacation homes near Elm Road", "Auto: the garage", "Abwesenheit"])(
  "an answer to our own subject %j is a person's",
  (subject) => {
    for (const prefix of ["Re: ", "RE: ", "AW: ", "[External] Re: ", "Sv: ", "Re[2]: "]) {
      expect(isRowAutomatic(row({ subject: `${prefix}${subject}` }))).toBe(false);
    }
  },
);

test.each([
  ...["[external] ", "this is an auto", "i am ", "re: ", "click ", "your message is ", "a", "(((", " - "],
])("a hostile email of many %j is read in time proportional to its length", (part) => {
  const judge = (text: string) => isRowAutomatic(row({ subject: part.repeat(50), text }));
  expect(measureGrowth(judge, part, 60_000)).toBeLessThan(maxLinearGrowth);
});
