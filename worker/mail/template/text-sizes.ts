import { Parser } from "htmlparser2";
import { letterTextSizePx } from "../../domain/compliance/disclosure.ts";

/** A text of an HTML letter, with the size of its letters in pixels. */
export type SizedText = { text: string; sizePx: number };

/**
 * The factors by which browsers and mail programs multiply the size of the text around an element,
 * if the element has no style.
 */
const factorsByElement: Readonly<Record<string, number>> = {
  h1: 2,
  h2: 1.5,
  h3: 1.17,
  h5: 0.83,
  h6: 0.67,
  big: 1.2,
  small: 0.83,
};
/** The pixels for each value of the size attribute of `<font>`, from 1 to 7. */
const fontSizesPx = [10, 13, 16, 18, 24, 32, 48];
const keywordsPx: Readonly<Record<string, number>> = {
  "xx-small": 9,
  "x-small": 10,
  small: 13,
  medium: 16,
  large: 18,
  "x-large": 24,
  "xx-large": 32,
  "xxx-large": 48,
};
const pxByUnit: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  rem: 16,
};

/** Returns each text of a letter with its size. The letter's styles must be on its elements. */
export function listTextSizes(html: string): SizedText[] {
  const texts: SizedText[] = [];
  const open: number[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        open.push(readSize(name, attributes, open.at(-1) ?? letterTextSizePx));
      },
      onclosetag: () => void open.pop(),
      ontext: (text) => void texts.push({ text, sizePx: open.at(-1) ?? letterTextSizePx }),
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  return texts;
}

function readSize(name: string, attributes: Readonly<Record<string, string>>, outer: number): number {
  const styled = /(?:^|;)\s*font(?:-size)?\s*:([^;]*)/i.exec(attributes.style ?? "")?.[1];
  const fromStyle = styled === undefined ? null : readStyleSize(styled.toLowerCase(), outer);
  if (fromStyle !== null) return fromStyle;
  const step = name === "font" ? Number(attributes.size) : Number.NaN;
  return fontSizesPx[step - 1] ?? outer * (factorsByElement[name] ?? 1);
}

/** Reads the size in the value of `font-size` or `font`, such as "bold 24px/1.2 serif". */
function readStyleSize(value: string, outer: number): number | null {
  const found = /(?:^|\s)(\d*\.?\d+)(px|pt|pc|in|cm|mm|rem|em|%)/.exec(value);
  if (found !== null) {
    const [, amount, unit = ""] = found;
    const factor = unit === "em" ? outer : unit === "%" ? outer / 100 : (pxByUnit[unit] ?? 1);
    return Number(amount) * factor;
  }
  const keyword = /(?:^|\s)((?:x{1,3}-)?(?:small|large)|medium|smaller|larger)(?=\s|\/|$|!)/.exec(value)?.[1];
  if (keyword === "larger") return outer * 1.2;
  if (keyword === "smaller") return outer * 0.83;
  return keyword === undefined ? null : (keywordsPx[keyword] ?? null);
}
