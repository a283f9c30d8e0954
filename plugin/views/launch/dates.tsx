import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { limits } from "../../../shared/limits.ts";
import { createLaunchApi } from "../../data/launch-api.ts";
import { waitForSettledChoice } from "../../data/settled.ts";
import { type ResourceHandle, useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { buildPlanRequest } from "../../session/launch-request.ts";
import { buildRecordWithStatusTime } from "../../session/listing-report.ts";
import { useSession } from "../../session/state.ts";
import type { LaunchViewData } from "./view-data.ts";

/**
 * The time in ms for which the agent's choices must stay unchanged before the view asks the Worker
 * for dates.
 */
const settleMs = 200;

export type PlannedDates = ResourceHandle<CampaignPlan>;

/**
 * Loads the planned date of each step for these contacts. For a very long list, asks only about the
 * first contacts.
 */
export function usePlannedDates({ preset, sender, draft }: LaunchViewData, people: readonly Contact[]) {
  const session = useSession();
  const request = buildPlanRequest(
    { preset, sender, timing: draft },
    people.slice(0, limits.recipientsPerPlan),
    buildRecordWithStatusTime(session),
    session.propertyId,
  );
  return useResource<CampaignPlan>(`dates ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: async (signal) => {
      await waitForSettledChoice(signal, settleMs);
      return createLaunchApi(api).plan(request, signal);
    },
  }));
}

/**
 * Shows a planned date. Until the date is loaded, shows an empty box of about the same size. Shows
 * nothing if the request has failed.
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
