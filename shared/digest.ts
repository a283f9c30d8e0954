import { z } from "zod";

/** The intervals of an agent's digest, an email that lists the work waiting for the agent. */
export const digestCadences = ["off", "daily", "weekly"] as const;
export type DigestCadence = (typeof digestCadences)[number];

/** The campaigns in a digest: the agent's own campaigns, or every campaign of the office. */
export const digestScopes = ["mine", "office"] as const;
export type DigestScope = (typeof digestScopes)[number];

export const digestInput = z
  .object({ cadence: z.enum(digestCadences), reach: z.enum(digestScopes).default("mine") })
  .strict();
export type DigestInput = z.input<typeof digestInput>;

/**
 * An agent's settings of the digest. `email` is the address in the host's token; null if the token
 * has no address.
 */
export const digestSettings = z.object({
  cadence: z.enum(digestCadences),
  reach: z.enum(digestScopes),
  email: z.string().nullable(),
});
export type DigestSettings = z.infer<typeof digestSettings>;
