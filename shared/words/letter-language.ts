/** The languages of a letter's fixed lines, such as the unsubscribe line. */
export type LetterLanguage = "en" | "es";

/*
 * Small words that occur in nearly every text of their language. Words of both languages, such as
 * "no" and "me", are left out.
 */
const englishWords = new Set(
  "the and you your of to it it's is for in that this with have i'm i'd if we are was would what on at be".split(
    " ",
  ),
);
const spanishWords = new Set(
  "el la los las de del que y en un una para por con su sus se le lo es está este esta si sí cuando como pero gracias hola usted qué más".split(
    " ",
  ),
);

/**
 * Returns the language of a letter, by the small words in its own text. The fixed lines below a
 * letter are in this language, because a notice has to be in the language of the advertisement (16
 * CFR 14.9). A text in another language counts as English.
 * @param texts the letter's parts; Handlebars tags and HTML don't count
 */
export function findLetterLanguage(...texts: readonly string[]): LetterLanguage {
  const plain = texts.join(" ").replace(/\{\{[^}]*\}\}|<[^>]*>/g, " ");
  let english = 0;
  let spanish = 0;
  for (const [word] of plain
    .toLowerCase()
    .replaceAll("’", "'")
    .matchAll(/[\p{L}']+/gu)) {
    if (englishWords.has(word)) english += 1;
    else if (spanishWords.has(word)) spanish += 1;
  }
  return spanish >= 2 && spanish > english ? "es" : "en";
}
