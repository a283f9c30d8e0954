/** Returns the text without spaces at its ends; null if nothing is left. */
export function trimToNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
