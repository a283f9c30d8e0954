import type { StepLetter } from "../../db/campaign-letters.ts";
import { findTenant } from "../../db/tenants.ts";
import type { AppError } from "../../domain/errors.ts";
import { claimDeciderSentence } from "../../domain/template/lint-claims.ts";
import { buildWordingCheckOptions } from "../../mail/template/check.ts";
import { type ClaimFault, findClaimFaults } from "../../mail/template/claims.ts";
import type { RequestScope } from "../access.ts";
import { createGateError } from "./error.ts";

/**
 * Returns the refusal of letters with a claim, such as a waiting buyer, that the office has not
 * attested (confirmed in its settings). The refusal names the setting for each claim. A letter may
 * have been saved before the office withdrew the attestation.
 */
export async function checkClaimsGate(
  desk: RequestScope,
  letters: readonly StepLetter[],
): Promise<AppError | null> {
  const faults = await findUnattestedClaimFaults(desk, letters);
  const [first] = faults;
  if (first === undefined) return null;
  return createGateError(first.reason, {
    message: `${first.message}. ${claimDeciderSentence}.`,
    fields: faults.map(({ field, reason }) => [field, reason] as const),
  });
}

/** Returns a fault for each unattested claim in the letters. */
export async function findUnattestedClaimFaults(
  { scope }: RequestScope,
  letters: readonly StepLetter[],
): Promise<ClaimFault[]> {
  const { attestedClaims = [] } = buildWordingCheckOptions(await findTenant(scope));
  return findClaimFaults(letters, attestedClaims);
}
