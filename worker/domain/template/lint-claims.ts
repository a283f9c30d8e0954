import type { LetterClaim, TemplateField } from "../../../shared/vocabulary.ts";
import { describeLetterClaim } from "../../../shared/words/english-gate-texts.ts";
import { type FoundClaim, findClaims } from "./claims.ts";
import type { UnlocatedFinding } from "./lint-finding.ts";
import { type FlatText, locateInSource } from "./lint-text.ts";

/** Returns the claims in a field's text that the office has not attested. */
export function findUnattestedClaims(flat: FlatText, attested: readonly LetterClaim[]): FoundClaim[] {
  return findClaims(flat.text).filter(({ claim }) => !attested.includes(claim));
}

/** Returns an error for each claim in a field's text that the office has not attested. */
export function lintClaims(
  field: TemplateField,
  flat: FlatText,
  attested: readonly LetterClaim[],
): UnlocatedFinding[] {
  return findUnattestedClaims(flat, attested).map(({ claim, start, end }) => ({
    ...{ code: "unattestedClaim", severity: "error", field },
    ...locateInSource(flat, start, end - start),
    message: `${describeLetterClaim(claim, flat.text.slice(start, end))}. ${claimDeciderSentence}`,
    claim,
  }));
}

/** The sentence that says who can allow a claim. */
export const claimDeciderSentence =
  "An administrator has to confirm it once for the office, in Office settings";
