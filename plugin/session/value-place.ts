/** The part of a recipient's data that contains a value, and the value's name in that part. */
export type ValuePlace = { part: "templateData" | "property"; name: string };

/**
 * Returns the place of the value for a template's `path`. Returns null for a nested value, and for
 * a value that only the office can give, such as a sender's phone.
 */
export function findValuePlace(path: string): ValuePlace | null {
  const [root, name, ...deeper] = path.split(".");
  if (name === undefined || deeper.length > 0) return null;
  if (root === "recipient") return { part: "templateData", name };
  return root === "property" ? { part: "property", name } : null;
}
