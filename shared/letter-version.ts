import { z } from "zod";
import { instant } from "./primitives.ts";
import { sequenceLetter } from "./sequence.ts";

/** Who saved a letter, and when. Null for the letter of a preset as it ships. */
const savedFields = {
  /** The agent, named by the `sub` of the agent's tokens. */
  savedBy: z.string().nullable(),
  /** The agent's name; null if no token of the agent has named one. */
  savedByName: z.string().nullable(),
  savedAt: instant.nullable(),
};

/** A letter of a sequence as it stood before somebody changed it. */
export const letterVersion = z.object({
  id: z.number().int().positive(),
  ...savedFields,
  letter: sequenceLetter,
});
export type LetterVersion = z.infer<typeof letterVersion>;

/** The earlier versions of one letter, the newest first. */
export const letterVersions = z.object({
  /** Who saved the letter as it stands now. */
  current: z.object(savedFields),
  items: z.array(letterVersion),
});
export type LetterVersions = z.infer<typeof letterVersions>;
