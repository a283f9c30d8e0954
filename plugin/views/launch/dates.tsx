import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { limits } from "../../../shared/vocabulary.ts";
import { type InView, useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { planRequest } from "../../session/launch-draft.ts";
import type { LaunchPlan } from "./plan.ts";

/** How long a choice has to stand before the Worker is asked for its dates. */
const settleMs = 200;

/** Resolves after `settleMs`; rejects if the request is given up before. */
function settle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, settleMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export type PlannedDates = InView<CampaignPlan>;

/** Asks the Worker when each step would go to these people. Only the first of a very long list are asked about. */
export function usePlannedDates({ preset, sender, draft }: LaunchPlan, people: readonly Contact[]) {
  const request = planRequest(
    { preset, sender, hours: draft.hours },
    people.slice(0, limits.recipientsPerPlan),
  );
  return useResource<CampaignPlan>(`dates ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: async (signal) => {
      await settle(signal);
      return api.plan(request, signal);
    },
  }));
}

/** The date as soon as it is known, and its place until then. Without an answer there is no date to show. */
export function PlannedDate({
  dates: { data, failure },
  text,
}: {
  dates: PlannedDates;
  text: (plan: CampaignPlan) => string;
}) {
  if (data !== undefined) return <>{text(data)}</>;
  return failure ? null : <span class="date-pending" aria-hidden="true" />;
}
