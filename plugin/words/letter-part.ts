import { say, translatedTable } from "./say.ts";

/** Names for the parts of a letter that an agent can't edit, by HTML element. */
const partNames: Readonly<Record<string, string>> = translatedTable({
  table: "Table",
  style: "Style sheet",
  text: "Text with formatting",
  comment: "Comment",
  p: "Paragraph with formatting",
  ul: "List with formatting",
  ol: "List with formatting",
  hr: "Line",
});

/** Returns the name of a letter's part that the rich editor keeps but can't show. */
export const getLetterPartName = (element: string): string =>
  partNames[element] || say(/^h\d$/.test(element) ? "Heading" : "Formatted part");
