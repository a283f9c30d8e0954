import type { GateFault } from "../../../shared/gate-reason.ts";
import {
  type LetterClaim,
  letterClaims,
  type TemplateField,
  templateFields,
} from "../../../shared/vocabulary.ts";
import { buildGateFault } from "../../domain/compliance/gate-fault.ts";
import { findUnattestedClaims } from "../../domain/template/lint-claims.ts";
import { flattenField } from "./flat-field.ts";

type WordingTexts = Readonly<Record<TemplateField, string>>;

/**
 * A fault for a claim that the office has not attested. A claim is a statement in a letter, such as
 * that the agent has a buyer. `field` is the setting, such as `claims.haveBuyer`.
 */
export type ClaimFault = GateFault;

/**
 * Returns a fault for each claim that the letters make and the office has not attested. The message
 * names the first email that makes the claim.
 */
export function findClaimFaults(
  letters: readonly (WordingTexts & { stepNumber: number })[],
  attested: readonly LetterClaim[],
): ClaimFault[] {
  const faults = new Map<LetterClaim, ClaimFault>();
  for (const letter of letters) {
    for (const { claim, words, isSubject } of listClaims(letter, attested)) {
      if (faults.has(claim)) continue;
      const { stepNumber } = letter;
      const reason = { code: "claimNotAttested", claim, words, stepNumber, isInSubject: isSubject } as const;
      faults.set(claim, buildGateFault(`claims.${claim}`, reason));
    }
  }
  return [...faults.values()];
}

/**
 * Returns the claims that a wording makes. The claims are stored with the wording, so that the
 * Worker can hold an email whose claim is no longer attested.
 */
export function listClaimsMade(wording: WordingTexts): LetterClaim[] {
  const made = new Set(listClaims(wording, []).map(({ claim }) => claim));
  return letterClaims.filter((claim) => made.has(claim));
}

function listClaims(wording: WordingTexts, attested: readonly LetterClaim[]) {
  return templateFields.flatMap((field) => {
    const flat = flattenField(field, wording[field]);
    return findUnattestedClaims(flat, attested).map(({ claim, start, end }) => ({
      claim,
      words: flat.text.slice(start, end),
      isSubject: field === "subject",
    }));
  });
}
