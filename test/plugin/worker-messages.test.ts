import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadViewWords, sayMessage, setLanguage } from "../../plugin/words/say.ts";
import { conflictMessages } from "../../plugin/words/spanish/conflicts.ts";
import { findingMessages } from "../../plugin/words/spanish/finding-messages.ts";
import { lintCodes } from "../../shared/vocabulary.ts";
import { fairHousingWords, spamWords } from "../../worker/domain/template/advertising-words.ts";
import { bereavementWords } from "../../worker/domain/template/bereavement-words.ts";
import {
  blockbustingPatterns,
  foreclosureRescuePatterns,
} from "../../worker/domain/template/forbidden-patterns.ts";
import { blockbustingWords, foreclosureRescueWords } from "../../worker/domain/template/forbidden-words.ts";
import { checkWording, type WordingTexts } from "../../worker/mail/template/check.ts";

const root = resolve(import.meta.dirname, "../..");

beforeEach(async () => {
  await setLanguage("es");
  await setLanguage("es");
  await loadViewWords();
});
afterEach(async () => {
  await setLanguage("en");
});

const listUntranslated = (messages: readonly string[]) =>
  [...new Set(messages)].filter((message) => sayMessage(message) === message);

/** Wordings that together have every kind of fault that the Worker can find in a letter. */
const faulty: Partial<WordingTexts>[] = [
  { subject: "Hi {{first_nome}}", bodyHtml: "<p>Dear {{recipient.first_name}}</p>" },
  { subject: "Re: your home", preheader: "a ".repeat(90).trim() },
  { subject: "a ".repeat(40).trim() },
  { subject: "SELL YOUR HOME TODAY!!!" },
  { bodyHtml: "<p>Dear *|FNAME|*, [Name], {{unsubscribe}} and *|ODDITY|* %%UNSUB%% here</p>" },
  { bodyHtml: '<p>A <a href="">text</a> <a href="#">b</a> <a href="/x">c</a> <a href="www.e.com">d</a></p>' },
  { bodyHtml: '<p>A <a href="http://">text</a> <a href="https:/e.com">b</a> <a href="mailto:">c</a></p>' },
  { bodyHtml: '<p>A <a href="https://e.com/a b">text</a> <a href="https://e.com/}}">c</a></p>' },
  { bodyHtml: '<p>A <a href="https://%7B%7Bx%7D%7D">text</a> <a href="https://localhost">c</a></p>' },
  { bodyHtml: '<p>A text that is long</p><img src="a.png"><img>' },
  { bodyHtml: '<img src="https://e.com/a.png" alt="">' },
  { bodyHtml: "<p> </p>" },
  { bodyHtml: "<script>x</script>" },
  {
    bodyHtml:
      '<p>Some <a href="https://e.com/x">Unsubscribe</a> <a href="https://e.com/unsubscribe">b</a></p>',
  },
  { bodyHtml: '<p style="font-size:40px">{{sender.fromName}}</p>' },
  { bodyHtml: "<p>I have a buyer. We are the #1 agents. Ask for a free home valuation.</p>" },
  { bodyHtml: "{{#if a}}" },
  { bodyHtml: `<p>${"Grüße und ".repeat(9_000)}</p>` },
  { bodyHtml: "<p>Sorry for your loss. Act now. In a safe neighborhood. Avoid foreclosure.</p>" },
  { bodyHtml: "<p>Your neighbors are leaving, so many new faces are moving in.</p>" },
  { bodyHtml: "<p>Sell before values drop because new faces are moving in.</p>" },
];
const good: WordingTexts = {
  subject: "Your home",
  preheader: "",
  bodyHtml: "<p>Hello to you.</p>",
  bodyText: "",
};

describe("what the Worker finds in a letter", () => {
  const checked = faulty.map((part) => checkWording({ ...good, ...part }, { hasPostalAddress: false }));

  it("is Spanish in a Spanish tab, for every kind of finding", () => {
    const findings = checked.flatMap(({ lint }) => lint);
    expect([...new Set(findings.map(({ code }) => code))].toSorted()).toEqual([...lintCodes].toSorted());
    expect(listUntranslated(findings.map(({ message }) => message))).toEqual([]);
  });

  it("is Spanish as the reason why a letter can't be saved, with the place", () => {
    expect(listUntranslated(checked.flatMap(({ fields }) => Object.values(fields)))).toEqual([]);
    expect(sayMessage("This link has no address (line 2, column 4); has no text to read")).toBe(
      "Este enlace no tiene dirección (línea 2, columna 4); no tiene texto que leer",
    );
  });

  it("is Spanish for every group of words that no letter may or should have", () => {
    const lists = [fairHousingWords, spamWords, bereavementWords, foreclosureRescueWords, blockbustingWords];
    const patterns = [blockbustingPatterns, foreclosureRescuePatterns];
    const advice = [...lists, ...patterns].flat().map((group) => group.advice);
    expect(listUntranslated(advice.map((text) => `"some words" ${text}`))).toEqual([]);
  });
});

/** The messages about conflicts from routes of the API that the tab does not use. */
const notInTheTab = [
  "This Idempotency-Key was used for another request.",
  "Once a campaign has started, only its name, tags and unknownPolicy can be changed.",
  "This account's service doesn't keep these lists.",
  "Your office has reached the limit for provider accounts.",
  "Your office has reached the limit for webhooks.",
];

describe("the Worker's conflicts", () => {
  const sources = readdirSync(join(root, "worker/http"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(root, "worker/http", path), "utf8"));
  const found = sources.flatMap((source) =>
    [...source.matchAll(/AppError\(\s*"conflict",\s*(?:"([^"]+)"|`([^`]+)`)/g)].map(([, text, template]) =>
      (text ?? template ?? "").replace(/\$\{reason\}/g, "…").replace(/\$\{[^}]+\}/g, "7"),
    ),
  );

  it("are Spanish in a Spanish tab", () => {
    expect(found.length).toBeGreaterThan(50);
    const known = found.filter((message) => !message.endsWith("…") && !notInTheTab.includes(message));
    expect(listUntranslated(known)).toEqual([]);
  });

  it("name a campaign's status in Spanish", () => {
    expect(sayMessage("You can't add recipients to a campaign that is archived.")).toBe(
      "No puedes agregar destinatarios a una campaña que está archivada.",
    );
  });
});

it("the Spanish of no message has a slot that its English lacks", () => {
  const slots = (text: string) => [...text.matchAll(/(?<!\{)\{(\w+)\}(?!\})/g)].map(([slot]) => slot);
  const wrong = Object.entries<string>({ ...conflictMessages, ...findingMessages }).filter(
    ([english, spanish]) => slots(spanish).some((slot) => !slots(english).includes(slot)),
  );
  expect(wrong).toEqual([]);
});
