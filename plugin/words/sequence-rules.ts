import type { SequenceRules } from "../../shared/sequence-rules.ts";
import { defaultExitStatuses, type PropertyStatus } from "../../shared/vocabulary.ts";
import { formatList } from "./list.ts";
import { formatCount, say, translatedTable } from "./say.ts";
import { describeSendWindow } from "./timing.ts";

/** The text for each home status that an agent can choose to stop a sequence. */
export const exitStatusTexts = translatedTable<Exclude<PropertyStatus, "Delete" | "Hold" | "Incomplete">>({
  Pending: "Pending",
  ActiveUnderContract: "Under contract",
  Closed: "Sold~home",
  Active: "Listed",
  ComingSoon: "Coming soon",
  Withdrawn: "Withdrawn",
  Canceled: "Canceled",
  Expired: "Expired",
});

/**
 * Returns the sentences of `rules` that `other` does not have, for two versions of a sequence.
 * @param clock formats a time given as "HH:MM" for people, such as "9 AM"
 */
export function describeRuleDifferences(
  rules: SequenceRules,
  other: SequenceRules,
  clock: (time: string) => string,
): string[] {
  const [own, others] = [rules, other].map((one) => [
    one.sendWindow === undefined
      ? say("The hours are chosen at each launch.")
      : describeSendWindow(one.sendWindow, clock),
    one.skipsHolidays ? say("No emails on holidays.") : say("Emails go out on holidays too."),
    ...listStops(one),
    ...(one.endsAfterDays === null ? [say("Ends with its last step.")] : []),
  ]);
  return (own ?? []).filter((sentence) => !others?.includes(sentence));
}

/** Returns the sentences that say when a sequence stops. Without rules, the default rules apply. */
export const describeStopRules = (rules: SequenceRules | undefined): string => listStops(rules).join(" ");

function listStops(rules: SequenceRules | undefined): string[] {
  const { exitStatuses, endsAfterDays, stopsOnClick } = rules ?? {
    exitStatuses: defaultExitStatuses,
    endsAfterDays: null,
    stopsOnClick: false,
  };
  const statuses = exitStatuses.map(
    (status) => exitStatusTexts[status as keyof typeof exitStatusTexts] ?? status,
  );
  return [
    say("Stops for everyone at the property when anyone replies or opts out."),
    ...(stopsOnClick ? [say("Stops for a person who clicks a link.")] : []),
    ...(statuses.length === 0
      ? []
      : [
          say("Stops when the home’s status is {statuses}.", {
            statuses: formatList(statuses, "disjunction"),
          }),
        ]),
    ...(endsAfterDays === null
      ? []
      : [say("Ends {days} after launch.", { days: formatCount(endsAfterDays, "day") })]),
  ];
}
