/** How Handlebars reads and prints values, except that nothing in the data is ever called: not functions, accessors, toString or iterators. */

/** Stands for `this` inside `if`, `each` and `with` when there is no context, as in Handlebars. */
export const NULL_CONTEXT: object = Object.freeze({});

const OBJECT_TEXT = "[object Object]";
/** Lists inside lists deeper than this print as nothing: no real data has them, and each is one call deeper. */
const MAX_LIST_DEPTH = 100;

/** The own data property `key` of `parent`; undefined when there is none, or when it is a function or an accessor. */
export function ownValue(parent: unknown, key: string): unknown {
  if (parent === null || parent === undefined) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(Object(parent), key)?.value;
  return typeof value === "function" || typeof value === "symbol" ? undefined : value;
}

/** Follows `parts`, stopping at null and undefined. */
export function ownPath(start: unknown, parts: readonly string[]): unknown {
  let current = start;
  for (const part of parts) {
    if (current === null || current === undefined) return current;
    current = ownValue(current, part);
  }
  return current;
}

/** The text JavaScript would make of a JSON value: lists are joined by commas, objects are `[object Object]`, null is nothing. */
export function toText(value: unknown, within: readonly unknown[] = []): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    if (within.length >= MAX_LIST_DEPTH || within.includes(value)) return "";
    const path = [...within, value];
    return Array.from(value, (item: unknown) => toText(item, path)).join(",");
  }
  if (typeof value === "object") return OBJECT_TEXT;
  return typeof value === "function" || typeof value === "symbol" ? "" : String(value);
}

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
  "`": "&#x60;",
  "=": "&#x3D;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (character) => ESCAPES[character] ?? character);
}

/** What `if`, `unless` and `with` take for absent. Zero is not, by itself. */
export function isEmpty(value: unknown): boolean {
  return (!value && value !== 0) || (Array.isArray(value) && value.length === 0);
}

/** What `default` replaces: nothing, an empty list, or text a reader couldn't see. CRMs hold many a first name of one space. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

/** Whether printing the value gives a reader something: some text, and no `[object Object]`. */
export function isPrintable(value: unknown): boolean {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return false;
  const text = toText(value);
  return text.trim() !== "" && !(Array.isArray(value) && text.includes(OBJECT_TEXT));
}

/**
 * Whether entering `inner` from `outer` keeps `../` where it was. Handlebars compares contexts with `!=`, so 1, "1" and [1] count
 * as the same; templates may depend on it, and the comparison is repeated here without calling the data's own toString.
 */
export function isSameContext(inner: unknown, outer: unknown): boolean {
  if (inner === outer) return true;
  if (isObject(inner) && isObject(outer)) return false;
  const left = primitiveOf(inner);
  const right = primitiveOf(outer);
  if (left === NOT_COMPARABLE || right === NOT_COMPARABLE) return false;
  // biome-ignore lint/suspicious/noDoubleEquals: both are primitives here, and this is the comparison Handlebars makes.
  return left == right;
}

const NOT_COMPARABLE = Symbol("not comparable");

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Longer lists would be compared by their whole text: never equal in practice, and quadratic work for a template to ask for. */
function primitiveOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Array.isArray(value) && value.length < 2 ? toText(value) : NOT_COMPARABLE;
}

/** Bytes of `text` in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    const isPair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    bytes += code < 0x800 ? 1 : 2;
    // A pair is four bytes in two units: two for this one, none for the next.
    if (isPair) i++;
  }
  return bytes;
}
