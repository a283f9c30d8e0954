import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import type { LaunchViewData } from "./view-data.ts";

type Props = { view: LaunchViewData; plan: CampaignPlan | undefined };

/**
 * Asks which contacts from a probate filing are the estate's personal representative. The emails of
 * the other contacts wait.
 */
export function LaunchRepresentativesNote({ view, plan }: Props) {
  const { representatives } = view.draft;
  const asked = view.chosen.filter(
    ({ key }, index) => representatives[key] === true || plan?.items[index]?.needsRepresentative === true,
  );
  if (asked.length === 0) return null;
  return (
    <Note tone="info">
      <p>
        {say("Emails about an estate go only to its personal representative. Everyone else’s will wait.")}
      </p>
      {asked.map(({ key, name }) => (
        <label class="check" key={key}>
          <input
            type="checkbox"
            checked={representatives[key] === true}
            onChange={({ currentTarget }) =>
              view.change({ representatives: { ...representatives, [key]: currentTarget.checked } })
            }
          />
          {say("{name} is the estate’s personal representative", { name })}
        </label>
      ))}
    </Note>
  );
}
