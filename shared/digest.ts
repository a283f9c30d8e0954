import { z } from "zod";

/** How often an agent gets the digest. */
export const digestCadences = ["off", "daily", "weekly"] as const;
export type DigestCadence = (typeof digestCadences)[number];

/** Whose work a digest lists: the agent's own campaigns, or every campaign of the office. */
export const digestReaches = ["mine", "office"] as const;
export type DigestReach = (typeof digestReaches)[number];

export const digestInput = z
  .object({ cadence: z.enum(digestCadences), reach: z.enum(digestReaches).default("mine") })
  .strict();
export type DigestInput = z.input<typeof digestInput>;

/** `email`: where the digest goes, as the host's token names it; null if the token names none. */
export const digestSettings = z.object({
  cadence: z.enum(digestCadences),
  reach: z.enum(digestReaches),
  email: z.string().nullable(),
});
export type DigestSettings = z.infer<typeof digestSettings>;
