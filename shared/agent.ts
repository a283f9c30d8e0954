import { z } from "zod";
import { instant } from "./primitives.ts";

/**
 * An agent as shown on the screen. `id` is the `sub` of the agent's token. `name` is null until a
 * token of the agent has contained a name.
 */
export const namedAgent = z.object({ id: z.string(), name: z.string().nullable() });
export type NamedAgent = z.infer<typeof namedAgent>;

/**
 * An agent of the office in a list to choose from. `isMe` is true for the caller. `pausedAt`: when
 * the agent's outreach was paused; null if the outreach is not paused. `pausedBy`: the name of who
 * paused the outreach. `mayPause`: true if the caller may pause or resume the agent's outreach.
 */
export const officeAgent = z.object({
  id: z.string(),
  name: z.string(),
  team: z.string().nullable(),
  isMe: z.boolean(),
  pausedAt: instant.nullable(),
  pausedBy: z.string().nullable(),
  mayPause: z.boolean(),
});
export type OfficeAgent = z.infer<typeof officeAgent>;

/** The replies or tasks that a list shows: those of the caller, or those of the whole office. */
export const workListScopes = ["mine", "office"] as const;
export type WorkListScope = (typeof workListScopes)[number];
