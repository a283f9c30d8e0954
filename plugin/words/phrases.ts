import type { coreTexts } from "./spanish/core.ts";
import type { countedNouns } from "./spanish/counted.ts";
import type { spanishEditorTexts } from "./spanish/editor-words.ts";
import type { failureTexts } from "./spanish/failures.ts";
import type { spanishViewTexts } from "./spanish/view-words.ts";

/*
 * Types of the tab's words. Each English phrase in the source is the key of a Spanish phrase, so an
 * English phrase without a Spanish phrase does not compile. This file imports only types, so a tab
 * in English loads no Spanish words.
 */

type Spanish = typeof coreTexts & typeof spanishViewTexts & typeof spanishEditorTexts;

/**
 * Every English phrase of the tab, such as "Save" or "Sent to {name}". The tab does not show a
 * tilde or the text after a tilde, which distinguish phrases that are equal in English and
 * different in Spanish.
 */
export type Phrase = keyof Spanish;

/**
 * A phrase without slots such as `{name}`. Tables of texts contain only phrases of this type, and
 * `translatedTable` translates such a phrase when a view shows the text.
 */
export type PlainPhrase = Exclude<Phrase, `${string}{${string}`>;

/** A text about a failed request. The text comes from the tab and not from the Worker. */
export type FailurePhrase = Exclude<keyof typeof failureTexts, `${string}{${string}`>;

/** The English singular of each noun that the tab counts, such as "email". */
export type CountedPhrase = keyof typeof countedNouns;

/** The names of the slots in a phrase: "name" for "Sent to {name}". */
export type PhraseSlots<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PhraseSlots<Rest>
  : never;

/** The values of a phrase's slots. A phrase without slots takes no values. */
export type PhraseValues<P extends string, Value> = [PhraseSlots<P>] extends [never]
  ? []
  : [values: Readonly<Record<PhraseSlots<P>, Value>>];
