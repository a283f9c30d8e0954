import { z } from "zod";
import { limits } from "./limits.ts";
import { instant } from "./primitives.ts";

/** The algorithms with which a host may sign its tokens. */
export const signingAlgorithms = ["HS256", "ES256"] as const;

/**
 * A new key for the host's tokens. HS256: the answer has a new secret. ES256: `jwksUrl` is the
 * public https URL at which the host publishes its public keys as a JSON Web Key Set.
 */
export const signingKeyInput = z.discriminatedUnion("algorithm", [
  z.strictObject({ algorithm: z.literal("HS256") }),
  z.strictObject({
    algorithm: z.literal("ES256"),
    jwksUrl: z.string().trim().min(1).max(limits.webAddressLength),
  }),
]);
export type SigningKeyInput = z.input<typeof signingKeyInput>;

/** A key with which the host signs tokens, without its secret. */
export const signingKey = z.object({
  /** The key's id, which the header of each token names as `kid`. */
  kid: z.string(),
  algorithm: z.enum(signingAlgorithms),
  /** The value that each token must have as `iss`. */
  issuer: z.string(),
  jwksUrl: z.string().nullable(),
  createdAt: instant,
});
export type SigningKey = z.output<typeof signingKey>;

/** A new key. Only this answer shows the secret; null for ES256. */
export const signingKeyWithSecret = signingKey.extend({ secret: z.string().nullable() });
export type SigningKeyWithSecret = z.output<typeof signingKeyWithSecret>;
