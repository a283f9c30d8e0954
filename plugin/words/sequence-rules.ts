import type { SequenceRules } from "../../shared/sequence-rules.ts";
import { defaultExitStatuses, type PropertyStatus } from "../../shared/vocabulary.ts";
import { formatList } from "./list.ts";
import { formatCount, say, spoken } from "./say.ts";

/** The statuses of a home at which an agent can let a sequence stop. */
export const exitStatusTexts = spoken<Exclude<PropertyStatus, "Delete" | "Hold" | "Incomplete">>({
  Pending: "Pending",
  ActiveUnderContract: "Under contract",
  Closed: "Sold~home",
  Active: "Listed",
  ComingSoon: "Coming soon",
  Withdrawn: "Withdrawn",
  Canceled: "Canceled",
  Expired: "Expired",
});

/** Returns the sentences that say when a sequence stops; without rules, the default ones. */
export function describeStops(rules: SequenceRules | undefined): string {
  const { exitStatuses, endsAfterDays } = rules ?? {
    exitStatuses: defaultExitStatuses,
    endsAfterDays: null,
  };
  const statuses = exitStatuses.map(
    (status) => exitStatusTexts[status as keyof typeof exitStatusTexts] ?? status,
  );
  return [
    say("Stops for everyone at the home once one of them answers or opts out."),
    ...(statuses.length === 0
      ? []
      : [say("Stops when the home is: {statuses}.", { statuses: formatList(statuses, "disjunction") })]),
    ...(endsAfterDays === null
      ? []
      : [say("Ends {days} after the launch.", { days: formatCount(endsAfterDays, "day") })]),
  ].join(" ");
}
