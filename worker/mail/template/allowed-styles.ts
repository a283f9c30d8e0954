/**
 * The allow-list for a letter's styles, on an element and in a style sheet. Names and values are
 * read in any case and with any spacing.
 */

const splitWords = (text: string) => text.split(" ");

/**
 * The style properties that a letter may use. None of these properties moves an element, so a
 * letter can't cover the footer.
 */
const styleProperties: ReadonlySet<string> = new Set(
  splitWords(
    "background background-color background-image background-position background-repeat background-size border " +
      "border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style " +
      "border-bottom-width border-collapse border-color border-left border-left-color border-left-style " +
      "border-left-width border-radius border-right border-right-color border-right-style border-right-width " +
      "border-spacing border-style border-top border-top-color border-top-left-radius border-top-right-radius " +
      "border-top-style border-top-width border-width box-sizing caption-side clear color direction display " +
      "empty-cells float font font-family font-size font-style font-variant font-weight height letter-spacing " +
      "line-height list-style list-style-position list-style-type margin margin-bottom margin-left margin-right " +
      "margin-top max-height max-width min-height min-width mso-hide mso-line-height-rule mso-padding-alt " +
      "mso-table-lspace mso-table-rspace mso-text-raise overflow overflow-wrap padding padding-bottom padding-left " +
      "padding-right padding-top table-layout text-align text-decoration text-indent text-overflow text-shadow " +
      "text-transform unicode-bidi vertical-align white-space width word-break word-spacing word-wrap " +
      "-ms-interpolation-mode -ms-text-size-adjust -webkit-text-size-adjust",
  ),
);

const styleFunctions: ReadonlySet<string> = new Set(
  splitWords("rgb rgba hsl hsla url calc min max linear-gradient"),
);

const maxValueLength = 300;
/** Matches a value of harmless characters: no escapes, braces or markup. */
const plainValuePattern = /^[\w\s#.,%'"!+*/:&?=~@()-]+$/;
const scriptPattern = /expression|behaviou?r|binding|javascript|vbscript/i;
/**
 * Matches a length that no letter needs: five digits, or three digits of a unit that is many pixels
 * long. Such a length would push the footer out of reach.
 */
const hugeLengthPattern = /(?<![#\w.])(?:\d{5,}|\d{3,}(?:\.\d*)?(?:r?em|ch|ex|v[hw]|vmin|vmax|in|cm|pc))/i;
const negativeNumberPattern = /-\s*[\d.]/;

/** Returns whether a letter may use the style, wherever the style stands. */
export function isAllowedStyle(name: string, value: string): boolean {
  const property = name.toLowerCase();
  if (!styleProperties.has(property) || value.length > maxValueLength) return false;
  if (!plainValuePattern.test(value) || scriptPattern.test(value)) return false;
  // A negative margin could pull an element over the text before the element.
  const isMargin = property.startsWith("margin") || property === "text-indent";
  if (isMargin && negativeNumberPattern.test(value)) return false;
  const isClosed = count(value, "(") === count(value, ")") && count(value, '"') % 2 === 0;
  return isClosed && count(value, "'") % 2 === 0 && hasAllowedFunctions(value) && !isHuge(value);
}

const count = (text: string, character: string) => text.split(character).length - 1;

const isHuge = (value: string) => hugeLengthPattern.test(value.replace(/url\([^)]*\)/gi, ""));

function hasAllowedFunctions(value: string): boolean {
  return [...value.matchAll(/([\w-]*)\s*\(\s*["']?\s*(https?:\/\/)?/gi)].every(([, name = "", web]) => {
    const called = name.toLowerCase();
    // A picture may come from the web only. Brackets without a name are allowed, because such
    // brackets stand inside calc().
    return called === "" || (styleFunctions.has(called) && (called !== "url" || web !== undefined));
  });
}

/** Returns the allowed declarations of a style attribute, each as `name:value`. */
export function filterStyle(style: string): string {
  const declarations = style.replace(/\/\*[\s\S]*?\*\//g, "").split(";");
  return declarations
    .flatMap((declaration) => {
      const colon = declaration.indexOf(":");
      const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
      const value = declaration
        .slice(colon + 1)
        .replace(/\s+/g, " ")
        .trim();
      return isAllowedStyle(name, value) ? [`${name}:${value}`] : [];
    })
    .join(";");
}
