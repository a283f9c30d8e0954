import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { chooseLocale, toLanguage } from "../../plugin/words/language.ts";
import { formatCount, loadViewWords, say, sayMessage, setLanguage } from "../../plugin/words/say.ts";
import { describeSequenceFault } from "../../plugin/words/sequence.ts";
import { addPeopleTexts } from "../../plugin/words/spanish/add-people.ts";
import { campaignTexts } from "../../plugin/words/spanish/campaign.ts";
import { cardTexts } from "../../plugin/words/spanish/cards.ts";
import { coreTexts } from "../../plugin/words/spanish/core.ts";
import { countedNouns } from "../../plugin/words/spanish/counted.ts";
import { failureTexts } from "../../plugin/words/spanish/failures.ts";
import { insightsTexts } from "../../plugin/words/spanish/insights.ts";
import { launchTexts } from "../../plugin/words/spanish/launch.ts";
import { letterTexts } from "../../plugin/words/spanish/letter.ts";
import { ownersTexts } from "../../plugin/words/spanish/owners.ts";
import { peopleTexts } from "../../plugin/words/spanish/people.ts";
import { recipientTexts } from "../../plugin/words/spanish/recipient.ts";
import { homeAndReplyTexts } from "../../plugin/words/spanish/replies.ts";
import { sentenceTexts } from "../../plugin/words/spanish/sentences.ts";
import { sequenceTexts } from "../../plugin/words/spanish/sequence.ts";
import { settingsTexts } from "../../plugin/words/spanish/settings.ts";
import { startRuleTexts } from "../../plugin/words/spanish/start-rules.ts";
import { campaignStatusLabels } from "../../plugin/words/words.ts";
import type { SequenceStep } from "../../shared/sequence.ts";
import { englishReasonTexts } from "../../shared/words/reason-texts.ts";
import { englishSourceNames } from "../../shared/words/source-names.ts";
import { findUntranslatedTexts } from "../support/node/literal-words.ts";

const root = resolve(import.meta.dirname, "../..");
const views = {
  addPeopleTexts,
  campaignTexts,
  cardTexts,
  coreTexts,
  insightsTexts,
  launchTexts,
  letterTexts,
  ownersTexts,
  peopleTexts,
  recipientTexts,
  homeAndReplyTexts,
  sentenceTexts,
  sequenceTexts,
  settingsTexts,
  startRuleTexts,
};
const catalogues = { ...views, failureTexts };
const texts = Object.values(catalogues).flatMap((catalogue) => Object.entries<string>(catalogue));
const phrases = new Set([...texts.map(([english]) => english), ...Object.keys(countedNouns)]);

const sources = readdirSync(join(root, "plugin"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
  .filter((path) => !path.startsWith("plugin/words/spanish/") && path !== "plugin/vite.config.ts")
  // Developers read these files' texts in the console, in English.
  .filter((path) => !/^plugin\/host\/(host-errors|token-faults|diagnosis|doctor)\.ts$/.test(path));

const blockElements =
  "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tbody thead tr blockquote pre section article header footer main figure figcaption address center hr body html";

/**
 * For each file, the texts that need no Spanish: no person reads the text in the tab, or the text
 * is a part of a phrase.
 */
const noWords: Readonly<Record<string, readonly string[]>> = {
  "plugin/data/api.ts": ["Failure", "Bearer …"],
  // The lines for developers are in English, and the tab of a page gets its label before the words.
  "plugin/embed/embed.ts": ["`attachTab` found no drawer …. Call it when the drawer is in the page."],
  "plugin/embed/focus-keeper.ts": [
    ":is(button, input, select, textarea, summary, [tabindex]):not(:disabled)",
  ],
  "plugin/embed/loader.ts": ["Campaigns could not be loaded. Try again."],
  "plugin/embed/tab/attached-tab.ts": [
    "The drawer has no property. Give `propertyId`, or set `data-property-id` on the drawer.",
    "The page removes the tab again and again, so the tab is no longer added.",
    "The drawer has no row of tabs …. A section stands in for the tab.",
  ],
  "plugin/embed/tab/auto-inject.ts": ["A function of `autoInject` failed: …"],
  "plugin/embed/tab/host-advice.ts": ["Doorknock (tab): … …"],
  "plugin/embed/tab/tab-options.ts": ["Campañas"],
  "plugin/embed/tab/tab-row.ts": [".nav-tabs, .nav-pills"],
  "plugin/session/adding-people.ts": ["adding people …"],
  "plugin/session/state.ts": [
    "… records carry another propertyId than ….",
    "The property has no street address.",
    "No contact has a name.",
  ],
  "plugin/session/steps-undo.ts": ["steps undo …"],
  "plugin/ui/email-frame.tsx": [
    '<!doctype html><html lang="en"><head></head><body></body></html>',
    "script, meta, base, link, iframe, object, embed, form",
  ],
  "plugin/views/add-people/checking.ts": ["has too much text"],
  "plugin/views/add-people/draft.ts": ["adding draft …"],
  "plugin/views/add-people/file/kept-meanings.ts": ["doorknock columns …"],
  "plugin/views/add-people/file/people.ts": ["column…"],
  "plugin/views/add-people/file/table.ts": ["Quotes"],
  "plugin/views/add-people/table-step.tsx": ["Mary Ellison <mary@example.com>\njoe@example.com"],
  "plugin/views/add-people/unfinished.ts": ["doorknock adding …"],
  "plugin/views/launch/claims.tsx": ["claims."],
  // These two texts are fallback words in a letter, and a letter has a language of its own.
  "plugin/views/letter/document/completion.ts": ["your property", "your area"],
  "plugin/views/letter/document/clean-paste.ts": [blockElements],
  "plugin/views/letter/document/schema.ts": ["block list", "block list", "paragraph list?"],
  "plugin/views/letter/source-editor.tsx": ["HTML"],
  "plugin/views/letter-editor.tsx": ["The subject ….", "The text …."],
  "plugin/views/recipient/edit.tsx": ["This address …."],
  "plugin/views/sequence/letter-preview.tsx": [
    "@media (prefers-color-scheme: dark)",
    "@media all",
    "color-schemes: light dark",
    "color-schemes: dark",
    "color-scheme: light dark",
    "color-scheme: dark",
  ],
  "plugin/views/settings/text-field.tsx": ["This …."],
  "plugin/views/step-change/step-change.tsx": ["steps draft …"],
  "plugin/views/step-change/use-step-change.ts": ["steps draft …"],
  "plugin/words/variable.ts": ["property."],
};

async function speakSpanish(): Promise<void> {
  // The first call loads the Spanish words, and the second call switches the language.
  await setLanguage("es");
  await setLanguage("es");
  await loadViewWords();
}

afterEach(async () => {
  await setLanguage("en");
});

describe("the Spanish words", () => {
  it("are said once the tab is Spanish, and the English words before and after", async () => {
    expect(say("Campaigns")).toBe("Campaigns");
    await speakSpanish();
    expect(say("Campaigns")).toBe("Campañas");
    expect(say("Away until {awayUntil}", { awayUntil: "3 dic" })).toBe("Ausente hasta el 3 dic");
    await setLanguage("en");
    expect(say("Away until {awayUntil}", { awayUntil: "Dec 3" })).toBe("Away until Dec 3");
  });

  it("tell two meanings of one English phrase apart", async () => {
    expect([say("Sent"), say("Sent~one")]).toEqual(["Sent", "Sent"]);
    await speakSpanish();
    expect([say("Sent"), say("Sent~one")]).toEqual(["Enviados", "Enviado"]);
  });

  it("are counted by the rules of Spanish", async () => {
    expect([1, 2].map((count) => formatCount(count, "email"))).toEqual(["1 email", "2 emails"]);
    await speakSpanish();
    expect([0, 1, 2, 1_000_000].map((count) => formatCount(count, "email"))).toEqual([
      "0 correos",
      "1 correo",
      "2 correos",
      "1,000,000 de correos",
    ]);
  });

  it("have the slots of their English phrases", () => {
    const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([slot]) => slot).sort();
    const wrong = texts.filter(([english, spanish]) => slots(english).join() !== slots(spanish).join());
    expect(wrong).toEqual([]);
  });

  it("stand in one catalogue each, and are all used", () => {
    const keys = Object.values({ ...catalogues, countedNouns }).flatMap((catalogue) =>
      Object.keys(catalogue),
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    const code = sources.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
    const unused = Object.values(views)
      .flatMap((catalogue) => Object.keys(catalogue))
      .filter((key) => !code.includes(`"${key}"`) && !new RegExp(`\\b${key}:`).test(code));
    expect(unused).toEqual([]);
  });

  it("are needed for a phrase to compile", () => {
    // @ts-expect-error A text without a Spanish text is not a phrase.
    say("This sentence has no Spanish");
    // @ts-expect-error A misspelt text is not a phrase.
    say("Campaings");
    // @ts-expect-error A phrase with a slot needs a value for the slot.
    say("Away until {awayUntil}");
    // @ts-expect-error A noun without Spanish forms is not a counted phrase.
    formatCount(2, "cadence");
    expect(campaignStatusLabels.draft.text).toBe("Draft");
  });
});

describe("the Worker's messages", () => {
  it("have Spanish for every reason and source", async () => {
    const { stop, skip, pause, hold, inOtherCampaign } = englishReasonTexts;
    await speakSpanish();
    const messages = [stop, skip, pause, hold, englishSourceNames].flatMap((table) => Object.values(table));
    messages.push(inOtherCampaign.person("Spring (2)"), inOtherCampaign.property("Spring"));
    expect(messages.filter((message) => sayMessage(message) === message)).toEqual([]);
    expect(sayMessage(inOtherCampaign.person("Spring (2)"))).toContain("Está en “Spring (2)”");
    expect(sayMessage(englishReasonTexts.factTooOld("List price", 12, 7))).toContain("tiene 12 días");
  });

  it("are translated sentence by sentence, or else stay in English as a whole", async () => {
    await speakSpanish();
    const { hold } = englishReasonTexts;
    expect(sayMessage(`${hold.snoozed} ${hold.recipientPaused}`)).toBe(
      "Este destinatario está pospuesto. Este destinatario está en pausa.",
    );
    expect(sayMessage(`${hold.snoozed} Something unheard of.`)).toBe(`${hold.snoozed} Something unheard of.`);
  });
});

it("says in Spanish what a sequence still lacks", async () => {
  await speakSpanish();
  const steps = [{ id: 7 }, { id: 8 }] as SequenceStep[];
  const lacking = [
    { stepId: 7, field: "letter.subject", message: "is required" },
    { stepId: 8, field: "task.instructions", message: "are required" },
    { stepId: null, field: "steps", message: "must include an email" },
  ];
  expect(lacking.map((fault) => describeSequenceFault(fault, steps))).toEqual([
    "Paso 1: El asunto es obligatorio",
    "Paso 2: Las instrucciones son obligatorias",
    "Los pasos deben incluir un correo",
  ]);
});

describe("the language of a tab", () => {
  it.each([
    ["es", "es"],
    ["es-MX", "es"],
    ["es_US", "es"],
    ["ES-419", "es"],
    ["est", "en"],
    ["en-US", "en"],
    ["de", "en"],
    ["", "en"],
  ])("is for the locale %j %s", (locale, language) => {
    expect(toLanguage(locale)).toBe(language);
  });

  it("is the host's choice, then the page's, then the browser's", () => {
    expect(chooseLocale("es-MX", "en", "en-US")).toBe("es-MX");
    expect(chooseLocale(null, "es", "en-US")).toBe("es");
    expect(chooseLocale(null, "en", "es-MX")).toBe("en");
    expect(chooseLocale(undefined, "en", "en-GB")).toBe("en-GB");
    expect(chooseLocale(null, "", "es-MX")).toBe("es-MX");
  });
});

describe("the sources of the tab", () => {
  const find = (path: string, source: string) => findUntranslatedTexts(path, source, phrases);

  it("have no words but those of the catalogue", async () => {
    const found = await Promise.all(
      sources.map(async (path) => {
        const words = await find(path, readFileSync(join(root, path), "utf8"));
        const left = words.filter((text) => !noWords[path]?.includes(text));
        return left.length === 0 ? [] : [{ path, left }];
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  it.each([
    ["the text of an element", "export const A = () => <p>Nothing here</p>;"],
    ["a single word in an element", "export const A = () => <p>nothing</p>;"],
    ["a label", `export const A = () => <input aria-label="Search people" />;`],
    ["a placeholder", `export const A = () => <input placeholder={"Search people"} />;`],
    ["a text in code", `export const a = (b: boolean) => (b ? "Wait for it" : null);`],
    ["a template", `export const a = (name: string) => \`Changed for \${name}\`;`],
  ])("are reported if they have %s", async (_, source) => {
    expect(await find("plugin/a.tsx", source)).toHaveLength(1);
  });

  it.each([
    ["a phrase that is said", `export const A = () => <p>{say("Campaigns")}</p>;`],
    ["a table of phrases", `const a = { draft: "Draft" };`],
    ["classes and keys", `export const A = () => <p class="fine muted" key="a b">{b}</p>;`],
    ["a selector", `root.querySelector("dialog open");`],
    ["a path", `const a = (id: number) => \`/campaigns/\${id}\`;`],
  ])("may have %s", async (_, source) => {
    expect(await find("plugin/a.tsx", source)).toEqual([]);
  });
});
