import { say, spoken } from "./say.ts";

/** The names of elements that people know by another name. */
const partNames: Readonly<Record<string, string>> = spoken({
  table: "Table",
  style: "Style sheet",
  text: "Text with formatting",
  comment: "Comment",
  p: "Paragraph with formatting",
  ul: "List with formatting",
  ol: "List with formatting",
  hr: "Line",
});

/** Returns the name of a part of a letter that the rich editor keeps but can't show. */
export const nameLetterPart = (element: string): string =>
  partNames[element] || say(/^h\d$/.test(element) ? "Heading" : "Formatted part");
