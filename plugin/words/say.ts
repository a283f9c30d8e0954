import { signal } from "@preact/signals-core";
import type { GateReason } from "../../shared/gate-reason.ts";
import type { Language } from "./language.ts";
import type { CountedPhrase, Phrase, PhraseValues, PlainPhrase } from "./phrases.ts";

/** A Spanish text, or the forms of a text that counts something. */
type SpanishText = string | Readonly<Record<"one" | "many" | "other", string>>;
type SpanishTexts = Readonly<Record<string, SpanishText>>;

/** The Spanish texts loaded so far, by their English phrases. */
const spanish = signal<SpanishTexts>({});
const language = signal<Language>("en");

/**
 * Returns the phrase in the language of the page's tabs, with values in the phrase's slots, such as
 * `{name}`.
 */
export function say<const P extends Phrase>(phrase: P, ...values: PhraseValues<P, string | number>): string {
  return fill(phrase, values[0]).join("");
}

/** Returns the phrase in the language of the page's tabs, with an element in each slot. */
export function sayWithElements<const P extends Phrase, Element>(
  phrase: P,
  ...values: PhraseValues<P, Element>
): (string | Element)[] {
  return fill(phrase, values[0]);
}

function fill<Value>(phrase: string, values: Readonly<Record<string, Value>> = {}): (string | Value)[] {
  // Because the pattern has a group, `split` puts the names of the slots at the odd indexes.
  return `${find(phrase) ?? phrase.split("~")[0]}`
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 ? (values[part] as Value) : part));
}

/** Returns a table whose texts are translated at each reading, because the language may change. */
export const translatedTable = <Code extends string>(
  texts: Readonly<Record<Code, PlainPhrase>>,
): Readonly<Record<Code, string>> =>
  new Proxy(texts, { get: (table, code) => code in table && fill(table[code as Code]).join("") });

const find = (phrase: string) => (language.value === "es" ? spanish.value[phrase] : undefined);

/**
 * Returns a count with its noun, such as "1 email" or "3 emails", in the language of the page's
 * tabs.
 */
export function formatCount(count: number, one: CountedPhrase, many = `${one}s`): string {
  const forms = find(one);
  if (typeof forms !== "object") return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
  return `${count.toLocaleString("es-US")} ${forms[new Intl.PluralRules("es").select(count) as "one" | "many" | "other"]}`;
}

/**
 * Returns the Spanish text of a message; null if there is none. `setLanguage` sets this function
 * when the Spanish words are loaded.
 */
let translate: (message: string) => string | null = () => null;

/**
 * Returns a message of the Worker in the language of the page's tabs. A message without a Spanish
 * text stays in English.
 */
export const sayMessage = (message: string): string =>
  (language.value === "es" && translate(message)) || message;

/**
 * Returns the Spanish text of the reason why a check refused a launch or warned about the launch.
 * `loadViewWords` sets this function.
 */
let writeReason: ((reason: GateReason) => string) | undefined;

/**
 * Returns the reason why a check refused a launch or warned about the launch, in the language of
 * the page's tabs.
 * @param english the Worker's English text of the reason. Without a `reason`, `english` may be any
 * other message of the Worker.
 */
export const sayReason = (reason: GateReason | null | undefined, english: string): string =>
  language.value === "es" && reason && writeReason ? writeReason(reason) : sayMessage(english);

/** Returns the language of the page's tabs. */
export const getLanguage = () => language.value;

let words: Promise<void> | undefined;
let isReady = false;
let viewWords: Promise<void> | undefined;

/**
 * Sets the language of all tabs of the page. The tab that was opened last decides the language.
 * @returns null if the language's words are loaded; otherwise a promise that settles after the
 * loading
 */
export function setLanguage(wanted: Language): Promise<void> | null {
  if (wanted === "es" && !isReady) {
    words ??= import("./spanish/first-words.ts").then(
      ({ initialSpanishTexts, translateMessage }) => {
        translate = translateMessage;
        learn(initialSpanishTexts);
      },
      // If the Spanish words can't be loaded, the tab stays in English.
      () => {
        words = undefined;
      },
    );
    return words.then(() => {
      isReady = true;
    });
  }
  language.value = wanted;
  return null;
}

/**
 * Loads the Spanish words of the views that are loaded on first use, if the tabs are in Spanish.
 */
export async function loadViewWords(): Promise<void> {
  if (language.peek() !== "es") return;
  viewWords ??= Promise.all([
    import("./spanish/view-words.ts"),
    import("./spanish/editor-words.ts"),
    import("./spanish/gate-words.ts"),
  ]).then(([views, editors, gates]) => {
    writeReason = gates.translateGateReason;
    learn({ ...views.spanishViewTexts, ...editors.spanishEditorTexts });
  });
  await viewWords;
}

function learn(texts: SpanishTexts): void {
  spanish.value = { ...spanish.peek(), ...texts };
}
