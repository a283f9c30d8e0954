import { knownVariables } from "./known-variables.ts";

const knownLabels = new Map(knownVariables.map(({ path, label }) => [path, label]));

/**
 * Returns a variable's label for people: the label of a known variable, or a label made from the
 * path. "recipient.lastVisitDate" gives "Last visit date".
 */
export function labelVariable(path: string): string {
  const known = knownLabels.get(path);
  if (known !== undefined) return known;
  const words = path
    .slice(path.indexOf(".") + 1)
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[\s_.*-]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? path : words.charAt(0).toUpperCase() + words.slice(1);
}
