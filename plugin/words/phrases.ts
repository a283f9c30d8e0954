import type { core } from "./spanish/core.ts";
import type { counted } from "./spanish/counted.ts";
import type { editorWords } from "./spanish/editor-words.ts";
import type { failures } from "./spanish/failures.ts";
import type { viewWords } from "./spanish/view-words.ts";

/*
 * The types of the words. The English phrase in the source is the key of its Spanish phrase, so a
 * phrase without a Spanish one does not compile. The imports are of types only: the English tab
 * loads no Spanish words.
 */

type Spanish = typeof core & typeof viewWords & typeof editorWords;

/**
 * Every English phrase of the tab, such as "Save" or "Sent to {name}". The text after a tilde is
 * not shown; it tells two Spanish phrases with the same English apart.
 */
export type Phrase = keyof Spanish;

/** A phrase without slots. A table of texts has this type, and its texts are said when shown. */
export type PlainPhrase = Exclude<Phrase, `${string}{${string}`>;

/** A text that the tab itself writes about a request that failed. */
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
