import { z } from "zod";
import { instant } from "./primitives.ts";
import { sequenceLetter } from "./sequence.ts";

/** The agent who saved a letter, and the time. Null for the letter of an unchanged preset. */
const savedFields = {
  /** The `sub` of the agent's token. */
  savedBy: z.string().nullable(),
  /** The agent's name; null if no token of the agent has contained a name. */
  savedByName: z.string().nullable(),
  savedAt: instant.nullable(),
};

/** A letter of a sequence before a person changed the letter. */
export const letterVersion = z.object({
  id: z.number().int().positive(),
  ...savedFields,
  letter: sequenceLetter,
});
export type LetterVersion = z.infer<typeof letterVersion>;

/** The earlier versions of one letter, the newest first. */
export const letterVersions = z.object({
  /** The agent who saved the current letter, and the time. */
  current: z.object(savedFields),
  items: z.array(letterVersion),
});
export type LetterVersions = z.infer<typeof letterVersions>;
