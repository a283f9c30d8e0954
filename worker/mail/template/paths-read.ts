import { templateFields } from "../../../shared/vocabulary.ts";
import { listVariables, parseTemplate } from "../handlebars/handlebars.ts";
import type { WordingTexts } from "./check.ts";

/** Returns the paths of the variables that a wording reads. A part with a fault has no paths. */
export function listVariablePaths(wording: WordingTexts): Set<string> {
  const paths = templateFields.flatMap((field) => {
    const parsed = parseTemplate(wording[field]);
    return parsed.ok ? listVariables(parsed.template).map(({ path }) => path) : [];
  });
  return new Set(paths);
}
