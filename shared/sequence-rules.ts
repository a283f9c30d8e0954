import { z } from "zod";
import { exitStatuses, sendWindow } from "./campaign.ts";
import { limits } from "./limits.ts";
import { defaultExitStatuses } from "./vocabulary.ts";

/**
 * The rules of a sequence that hold for all of its steps. A launch takes each rule over, unless the
 * launch gives a value of its own.
 */
export const sequenceRules = z
  .object({
    /** Null: emails may be sent at any time. Left out: each launch chooses the hours. */
    sendWindow: sendWindow.nullable().optional(),
    skipsHolidays: z.boolean().default(true),
    exitStatuses: exitStatuses.default([...defaultExitStatuses]),
    /** If true, a person who clicks a link is stopped. A click of a program does not count. */
    stopsOnClick: z.boolean().default(false),
    /**
     * The number of days after which a campaign stops everybody who still has emails to come. The
     * days count from the launch, or from the campaign's first day if that is later. Null: never.
     */
    endsAfterDays: z.number().int().min(1).max(limits.sequenceDays).nullable().default(null),
  })
  .strict();
export type SequenceRules = z.output<typeof sequenceRules>;

/** The rules of a sequence that sets none. */
export const defaultSequenceRules: SequenceRules = {
  skipsHolidays: true,
  exitStatuses: [...defaultExitStatuses],
  stopsOnClick: false,
  endsAfterDays: null,
};
