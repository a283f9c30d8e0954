import { z } from "zod";
import { exitStatuses, sendWindow } from "./campaign.ts";
import { limits } from "./limits.ts";
import { defaultExitStatuses } from "./vocabulary.ts";

/**
 * The rules of a sequence for all of its steps. A launch uses each rule, unless the launch sets a
 * value of its own.
 */
export const sequenceRules = z
  .object({
    /** Null: emails may be sent at any time. Undefined: each launch chooses the hours. */
    sendWindow: sendWindow.nullable().optional(),
    skipsHolidays: z.boolean().default(true),
    exitStatuses: exitStatuses.default([...defaultExitStatuses]),
    /** If true, a person who clicks a link is stopped. A click of a program does not count. */
    stopsOnClick: z.boolean().default(false),
    /**
     * The number of days after which a campaign stops all recipients who have not got all emails.
     * The days count from the launch, or from the campaign's first day if that day is later. Null:
     * the campaign has no such end.
     */
    endsAfterDays: z.number().int().min(1).max(limits.sequenceDays).nullable().default(null),
  })
  .strict();
export type SequenceRules = z.output<typeof sequenceRules>;

/** The rules of a sequence without rules of its own. */
export const defaultSequenceRules: SequenceRules = {
  skipsHolidays: true,
  exitStatuses: [...defaultExitStatuses],
  stopsOnClick: false,
  endsAfterDays: null,
};
