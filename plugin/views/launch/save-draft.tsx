import { createLaunchApi } from "../../data/launch-api.ts";
import { fillPropertyDetails } from "../../session/launch-details.ts";
import { buildLaunchRequest } from "../../session/launch-request.ts";
import { buildRecordWithStatusTime } from "../../session/listing-report.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import type { LaunchViewData } from "./view-data.ts";

/**
 * Shows the button that saves the launch as a draft. A draft sends no emails. The agent can change,
 * schedule and launch the draft later.
 */
export function SaveDraftButton({ view }: { view: LaunchViewData }) {
  const session = useSession();
  const { run, isBusy, failure } = useAction();
  const { sender, chosen, draft, preset } = view;
  const lacksSale = view.tellsOfSale && view.nearbySale === null;
  if (sender === null || chosen.length === 0 || lacksSale || preset.isOutline) return null;
  const save = () =>
    run(async () => {
      const { propertyId, launchKeys } = session;
      const request = buildLaunchRequest({
        preset,
        sender,
        timing: draft,
        recipients: chosen,
        property: fillPropertyDetails(buildRecordWithStatusTime(session), draft.details),
        propertyId,
        ignoresCollisions: false,
        unknownPolicy: draft.unknownPolicy,
        refusalNote: null,
        listingStatement: null,
        nearbySale: view.nearbySale,
        status: "draft",
        wordings: draft.wordings,
      });
      const campaign = await createLaunchApi(session.api).launch(request, launchKeys.getKey(request));
      launchKeys.forgetKey();
      session.cache.delete("campaigns");
      session.cache.set(`campaign ${campaign.id}`, campaign);
      session.draft.value = null;
      session.status.value = say("Saved as a draft. No emails will go out until you launch it.");
      session.go({ name: "campaign", id: campaign.id, title: campaign.name });
    });
  return (
    <>
      <Button kind="quiet" isBusy={isBusy} onClick={save}>
        {say("Save draft")}
      </Button>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
