import type { Claim, TemplateField } from "../../../shared/vocabulary.ts";
import { findClaims } from "./claims.ts";
import type { UnlocatedFinding } from "./lint-finding.ts";
import { type FlatText, locateInSource } from "./lint-text.ts";

/** Returns an error for each claim in a field's text that the office has not attested. */
export function lintClaims(
  field: TemplateField,
  flat: FlatText,
  attested: readonly Claim[],
): UnlocatedFinding[] {
  return findClaims(flat.text)
    .filter(({ claim }) => !attested.includes(claim))
    .map(({ claim, start, end }) => ({
      ...{ code: "unattestedClaim", severity: "error", field },
      ...locateInSource(flat, start, end - start),
      message: `"${flat.text.slice(start, end)}" ${advice[claim]}`,
    }));
}

const needsAdmin = "An administrator has to confirm it once for the office, in Office settings";
const advice: Readonly<Record<Claim, string>> = {
  haveBuyer: `says that you have a buyer, which must be true. ${needsAdmin}`,
  numberOne: `says that you rank first, which must be provable. ${needsAdmin}`,
  somethingFree: `offers something free, so it must be free without conditions. ${needsAdmin}`,
};
