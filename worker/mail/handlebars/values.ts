/**
 * Reads and prints values as Handlebars does, except that nothing in the data is ever called: no
 * function, accessor, toString or iterator.
 */

/** The value of `this` inside `if`, `each` and `with` if there is no context, as in Handlebars. */
export const nullContext: object = Object.freeze({});

const objectText = "[object Object]";
/**
 * A list nested deeper than this limit prints as nothing. No real data nests so deep, and each
 * level takes one more call.
 */
const maxListDepth = 100;

/**
 * Returns the own data property `key` of `parent`. Returns undefined for a missing property, a
 * function, a symbol or an accessor.
 */
export function getOwnValue(parent: unknown, key: string): unknown {
  if (parent === null || parent === undefined) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(Object(parent), key)?.value;
  return typeof value === "function" || typeof value === "symbol" ? undefined : value;
}

/** Returns the value at the path `parts`. The path stops at null and undefined. */
export function getOwnValueAtPath(start: unknown, parts: readonly string[]): unknown {
  let current = start;
  for (const part of parts) {
    if (current === null || current === undefined) return current;
    current = getOwnValue(current, part);
  }
  return current;
}

/**
 * Returns the text that JavaScript would make of a JSON value: lists are joined by commas, objects
 * are `[object Object]`, null is empty.
 */
export function toPrintedText(value: unknown, within: readonly unknown[] = []): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    if (within.length >= maxListDepth || within.includes(value)) return "";
    const path = [...within, value];
    return Array.from(value, (item: unknown) => toPrintedText(item, path)).join(",");
  }
  if (typeof value === "object") return objectText;
  return typeof value === "function" || typeof value === "symbol" ? "" : String(value);
}

const htmlEscapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
  "`": "&#x60;",
  "=": "&#x3D;",
};

export function escapeHandlebarsHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (character) => htmlEscapes[character] ?? character);
}

/** Returns whether `if`, `unless` and `with` treat the value as absent. Zero is not absent. */
export function isAbsentForBlocks(value: unknown): boolean {
  return (!value && value !== 0) || (Array.isArray(value) && value.length === 0);
}

/**
 * Returns whether `default` replaces the value: null, undefined, an empty list, or text that a
 * reader couldn't see. Many CRMs store an unknown first name as a single space.
 */
export function needsFallback(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

/**
 * Returns whether a reader sees something if the value is printed: some text, and no `[object
 * Object]`.
 */
export function isPrintable(value: unknown): boolean {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return false;
  const text = toPrintedText(value);
  return text.trim() !== "" && !(Array.isArray(value) && text.includes(objectText));
}

/**
 * Returns whether Handlebars treats two contexts as equal, so that a block adds no level of `../`.
 * Handlebars compares contexts with `!=`, so 1, "1" and [1] are equal. The comparison is repeated
 * here without calling the data's own toString.
 */
export function isSameContext(inner: unknown, outer: unknown): boolean {
  if (inner === outer) return true;
  if (isObjectOrList(inner) && isObjectOrList(outer)) return false;
  const left = toComparablePrimitive(inner);
  const right = toComparablePrimitive(outer);
  if (left === notComparable || right === notComparable) return false;
  // biome-ignore lint/suspicious/noDoubleEquals: Handlebars compares these primitives with ==
  return left == right;
}

const notComparable = Symbol("not comparable");

function isObjectOrList(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/**
 * Returns a value that `==` can compare. Lists of two or more items are never comparable. Their
 * texts are never equal in practice, and a comparison would take quadratic time.
 */
function toComparablePrimitive(value: unknown): unknown {
  if (!isObjectOrList(value)) return value;
  return Array.isArray(value) && value.length < 2 ? toPrintedText(value) : notComparable;
}

/** Returns the number of bytes of `text` in UTF-8. */
export function countUtf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    const isPair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    bytes += code < 0x800 ? 1 : 2;
    // A surrogate pair takes four bytes for two units, so two are added here and the second unit is
    // skipped.
    if (isPair) i++;
  }
  return bytes;
}
