/** Returns a value as one line of text, cut to `maxLength`; undefined if there is no text. */
export function toTextLine(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return text.slice(0, maxLength).trim() || undefined;
}
