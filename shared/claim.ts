import { z } from "zod";
import { limits } from "./limits.ts";
import { instant, singleLine } from "./primitives.ts";
import { letterClaims } from "./vocabulary.ts";

/** An admin's statement that a claim in the office's wordings is true. */
export const claimAttestation = z.object({
  /** The `sub` of the admin's token. */
  by: z.string(),
  at: instant,
  /** The reason why the claim is true, in the admin's words. */
  words: z.string(),
});
export type ClaimAttestation = z.infer<typeof claimAttestation>;

/** The claims that the office has attested. */
export const claimAttestations = z.partialRecord(z.enum(letterClaims), claimAttestation);
export type ClaimAttestations = z.infer<typeof claimAttestations>;

export const claimAttestationInput = z
  .object({ claim: z.enum(letterClaims), words: singleLine(limits.noteLength) })
  .strict();
export type ClaimAttestationInput = z.input<typeof claimAttestationInput>;
