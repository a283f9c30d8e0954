import type { NewCampaignRules } from "../../shared/campaign.ts";
import { defaultSequenceRules, type SequenceRules } from "../../shared/sequence-rules.ts";
import { dayMs } from "../../shared/time-lengths.ts";

/**
 * Returns a request with its missing rules filled in. The rules come from the request's sequence,
 * or are the defaults if the request names no sequence. If the request has an end of its own
 * (`endAt`), the sequence's `endsAfterDays` is not used.
 */
export function fillMissingRules<Input extends NewCampaignRules>(
  input: Input,
  sequence: SequenceRules | null,
) {
  const rules = sequence ?? defaultSequenceRules;
  const { sendWindow = rules.sendWindow ?? null, schedule, exitStatuses = rules.exitStatuses } = input;
  const { stopsOnClick = rules.stopsOnClick ?? false } = input;
  const { endAt = null, skipsHolidays = rules.skipsHolidays } = schedule;
  const endsAfterDays = schedule.endAt === undefined ? rules.endsAfterDays : null;
  return {
    ...input,
    sendWindow,
    schedule: { ...schedule, endAt, skipsHolidays },
    exitStatuses,
    stopsOnClick,
    endsAfterDays,
  };
}

/**
 * Returns the end of a campaign that is launched at `launchedAt`; null if the campaign has no end.
 * A number of days counts from the launch or from the campaign's first day, whichever is later.
 */
export function getCampaignEnd(
  campaign: { startAt: number | null; endAt: number | null; endsAfterDays: number | null },
  launchedAt: number,
): number | null {
  const { startAt, endAt, endsAfterDays } = campaign;
  if (endsAfterDays === null) return endAt;
  return Math.max(startAt ?? 0, launchedAt) + endsAfterDays * dayMs;
}
