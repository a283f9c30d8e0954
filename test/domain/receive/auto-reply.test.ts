import { describe, expect, test } from "vitest";
import { isAutoReply } from "../../../worker/domain/receive/auto-reply.ts";
import { extractReplyText } from "../../../worker/domain/receive/reply-text.ts";
import { maxLinearTimeGrowth, measureTimeGrowth } from "../../support/growth.ts";
import { hasLabelledAnswers, loadLabelledAnswers, printRuleScore, scoreRule } from "./labelled.ts";

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
  const names = ["answers", "answers-unseen", "answers-blind"].filter(hasLabelledAnswers);

  test.each(names)("are separated from personal replies in %s with at most 1 % mistakes", (name) => {
    const rows = loadLabelledAnswers<Row>(name);
    printRuleScore(
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

test.each([
  "Thank you for contacting Acme Support",
  "On leave Re: Question about 12 Main St",
  "Ausência temporária: Question about 12 Main St",
])("a subject that only a program writes is automatic: %s", (subject) => {
  expect(isRowAutomatic(row({ subject, text: "I will answer when I return." }))).toBe(true);
  expect(isRowAutomatic(row({ subject: `Re: ${subject}`, text: "Yes, call me." }))).toBe(false);
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
  expect(measureTimeGrowth(judge, part, 60_000)).toBeLessThan(maxLinearTimeGrowth);
});

describe("a notice without headers, under our own subject", () => {
  test.each([
    "Karen Whitlock has left the company. Please direct your inquiry to sales@example.com.",
    "This mailbox is not monitored. Replies are discarded.",
    "Your inquiry has been logged. A member of our support team will reply within two working days.",
    "Our office is closed between the holidays. We will answer all messages from January 4.",
    "Mr. Ogden is on sabbatical until the fall and isn't checking email.",
    "Thank you for contacting the clinic. We are closed until Tuesday. For urgent matters call 555-0144.",
    "You have reached the shared mailbox of the front desk.",
    "Frau Lenz ist nicht mehr in unserem Hause tätig. Bitte wenden Sie sich an info@example.com.",
    "Ihre Anfrage ist bei uns eingegangen und wird bearbeitet.",
    "Unsere Praxis ist bis 7. Januar geschlossen. Mails werden danach beantwortet.",
    "Su consulta ha sido registrada con el número 4471.",
    "Estoy de vacaciones hasta el lunes. En mi ausencia, contacte con mi compañero.",
    "Mme Roux a quitté l'entreprise. Veuillez contacter accueil@example.com.",
    "Nous sommes fermés du 1er au 15 août. Vos demandes seront traitées à notre retour.",
    "Uw vraag is ontvangen en wordt zo snel mogelijk beantwoord.",
    "Mevrouw Kok is niet langer werkzaam bij ons kantoor.",
    "La sua richiesta è stata registrata.",
    "Lo studio è chiuso fino al 7 gennaio. Risponderemo al rientro.",
  ])("is a program's: %s", (text) => {
    expect(isRowAutomatic(row({ text }))).toBe(true);
  });

  test.each([
    "Your email was forwarded to me by my landlord. I rent here.",
    "Message received. I will think it over.",
    "Dad is no longer with us. Please contact me about the house from now on.",
    "My office is closed on Mondays, so come by then.",
    "No reply needed, we are staying.",
    "We're on vacation until Monday, then we can speak.",
    "Ihre Mail wurde an mich weitergeleitet, ich bin der Sohn.",
    "Je ne travaille plus, donc j'ai le temps de vous recevoir.",
    "Estoy de baja, así que pásese cuando quiera.",
    "Ik ben met verlof, dus kom gerust langs.",
    "Sono in pensione e la casa è grande.",
    "This is an automated answer. Just kidding, hello!",
  ])("is a person's: %s", (text) => {
    expect(isRowAutomatic(row({ text }))).toBe(false);
  });

  test("a question in the subject is a person's", () => {
    expect(isRowAutomatic(row({ subject: "Auto reply?", text: "Or did you write that?" }))).toBe(false);
  });
});
