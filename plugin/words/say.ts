import { signal } from "@preact/signals-core";
import type { GateReason } from "../../shared/gate-reason.ts";
import type { Language } from "./language.ts";
import type { CountedPhrase, Phrase, PlainPhrase, Values } from "./phrases.ts";

/** A Spanish text, or the forms of a text that counts something. */
type SpanishText = string | Readonly<Record<"one" | "many" | "other", string>>;
type SpanishTexts = Readonly<Record<string, SpanishText>>;

/** The Spanish texts loaded so far, by their English phrases. */
const spanish = signal<SpanishTexts>({});
const language = signal<Language>("en");

/** Returns the phrase in the language of the page's tabs, with its slots filled. */
export function say<const P extends Phrase>(phrase: P, ...values: Values<P, string | number>): string {
  return fill(phrase, values[0]).join("");
}

/** Returns the phrase in the language of the page's tabs, with an element in each slot. */
export function sayWithElements<const P extends Phrase, Element>(
  phrase: P,
  ...values: Values<P, Element>
): (string | Element)[] {
  return fill(phrase, values[0]);
}

function fill<Value>(phrase: string, values: Readonly<Record<string, Value>> = {}): (string | Value)[] {
  // A split by a pattern with a group puts the names of the slots at the odd indexes.
  return `${find(phrase) ?? phrase.split("~")[0]}`
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 ? (values[part] as Value) : part));
}

/** Returns a table whose texts are translated at each reading, because the language may change. */
export const spoken = <Code extends string>(
  texts: Readonly<Record<Code, PlainPhrase>>,
): Readonly<Record<Code, string>> =>
  new Proxy(texts, { get: (table, code) => code in table && fill(table[code as Code]).join("") });

const find = (phrase: string) => (language.value === "es" ? spanish.value[phrase] : undefined);

/** Returns "1 email" or "3 emails", in the language of the page's tabs. */
export function formatCount(count: number, one: CountedPhrase, many = `${one}s`): string {
  const forms = find(one);
  if (typeof forms !== "object") return `${count} ${count === 1 ? one : many}`;
  return `${count} ${forms[new Intl.PluralRules("es").select(count) as "one" | "many" | "other"]}`;
}

/** Returns the Spanish of a message, or null. The file of Spanish words sets this function. */
let translate: (message: string) => string | null = () => null;

/**
 * Returns a message of the Worker in the language of the page's tabs. A message that has no Spanish
 * stays in English.
 */
export const sayMessage = (message: string): string =>
  (language.value === "es" && translate(message)) || message;

/**
 * Returns the Spanish of a gate's reason. The file with the Spanish words of the views sets this
 * function.
 */
let writeReason: ((reason: GateReason) => string) | undefined;

/**
 * Returns a gate's reason in the language of the page's tabs.
 * @param english the Worker's text of the reason, or of a message without a reason
 */
export const sayReason = (reason: GateReason | null | undefined, english: string): string =>
  language.value === "es" && reason && writeReason ? writeReason(reason) : sayMessage(english);

/** Returns the language of the page's tabs. */
export const getLanguage = () => language.value;

let words: Promise<void> | undefined;
let isReady = false;
let viewWords: Promise<void> | undefined;

/**
 * Sets the language of the page's tabs. All tabs of a page have the language of the tab that was
 * opened last.
 * @returns null if the words are loaded, otherwise a promise that settles when they are loaded
 */
export function setLanguage(wanted: Language): Promise<void> | null {
  if (wanted === "es" && !isReady) {
    words ??= import("./spanish/first-words.ts").then(
      ({ firstWords, translateMessage }) => {
        translate = translateMessage;
        learn(firstWords);
      },
      // If the words can't be loaded, the tab is in English.
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
    writeReason = gates.writeReason;
    learn({ ...views.viewWords, ...editors.editorWords });
  });
  await viewWords;
}

function learn(texts: SpanishTexts): void {
  spanish.value = { ...spanish.peek(), ...texts };
}
