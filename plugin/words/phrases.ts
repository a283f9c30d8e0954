import type { core } from "./spanish/core.ts";
import type { counted } from "./spanish/counted.ts";
import type { editorWords } from "./spanish/editor-words.ts";
import type { failures } from "./spanish/failures.ts";
import type { viewWords } from "./spanish/view-words.ts";

/*
 * Defines the types of the tab's words. The English phrase in the source is the key of its Spanish
 * phrase, so a phrase without a Spanish phrase does not compile. The imports are of types only, so
 * the English tab loads no Spanish words.
 */

type Spanish = typeof core & typeof viewWords & typeof editorWords;

/**
 * Every English phrase of the tab, such as "Save" or "Sent to {name}". A tilde and the text after
 * it are not shown; they distinguish two phrases that are equal in English and different in
 * Spanish.
 */
export type Phrase = keyof Spanish;

/**
 * A phrase without slots. A table of texts has phrases of this type, and translates each phrase
 * when a view shows it.
 */
export type PlainPhrase = Exclude<Phrase, `${string}{${string}`>;

/** A text about a failed request that the tab itself writes. */
export type FailurePhrase = Exclude<keyof typeof failures, `${string}{${string}`>;

/** The singular of everything that the tab counts, such as "email". */
export type CountedPhrase = keyof typeof counted;

/** The names of a phrase's slots: "name" for "Sent to {name}". */
export type Slots<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;

/** The values of a phrase's slots. A phrase without slots takes no values. */
export type Values<P extends string, Value> = [Slots<P>] extends [never]
  ? []
  : [values: Readonly<Record<Slots<P>, Value>>];
