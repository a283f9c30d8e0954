import { z } from "zod";
import { limits } from "./limits.ts";
import { instant, singleLine } from "./primitives.ts";

/**
 * A person's own consent to emails like the emails of the campaign. Only affirmative consent counts
 * (15 U.S.C. 7702(1)): the person agreed to a clear request, or asked for the emails without a
 * request.
 */
export const consent = z
  .object({
    /** The person who consented. */
    by: singleLine(limits.nameLength),
    at: instant,
    /**
     * The words to which the person agreed, or the words with which the person asked for the
     * emails.
     */
    words: singleLine(limits.noteLength),
    /** The agent or brokerage to whom the person gave the consent. */
    to: singleLine(limits.nameLength),
  })
  .strict();
export type Consent = z.infer<typeof consent>;
