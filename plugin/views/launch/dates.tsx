import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { limits } from "../../../shared/vocabulary.ts";
import { type ResourceView, useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { buildPlanRequest } from "../../session/launch-draft.ts";
import type { LaunchPlan } from "./plan.ts";

/** How long the agent's choices must stay the same before the Worker is asked for dates. */
const settleMs = 200;

/** Resolves after `settleMs`. Rejects if the request is aborted first. */
function waitForSettledChoice(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, settleMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export type PlannedDates = ResourceView<CampaignPlan>;

/**
 * Asks the Worker for the date of each step for these contacts. Of a very long list, only the first
 * contacts are sent.
 */
export function usePlannedDates({ preset, sender, draft }: LaunchPlan, people: readonly Contact[]) {
  const request = buildPlanRequest(
    { preset, sender, hours: draft.hours },
    people.slice(0, limits.recipientsPerPlan),
  );
  return useResource<CampaignPlan>(`dates ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: async (signal) => {
      await waitForSettledChoice(signal);
      return api.plan(request, signal);
    },
  }));
}

/**
 * The date, or an empty place of its size until it is known. Shows nothing if the request failed.
 */
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
