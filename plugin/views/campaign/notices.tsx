import type { Campaign } from "../../../shared/campaign.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { getLaunchedDraftKey, type LaunchDraft } from "../../session/launch-draft.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatCount, say, sayMessage } from "../../words/say.ts";
import { ApprovalNotice } from "./approval.tsx";
import { HeldPeopleNotice } from "./held-people.tsx";

type Props = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
  onReload: () => void;
};

/**
 * Returns how long the agent can still undo the launch. The browser's clock may be wrong, so the
 * result is never longer than the span that the server allowed.
 */
function getRecallLeftMs({ recallUntil, launchedAt }: Campaign, now: number): number {
  if (recallUntil === null || launchedAt === null) return 0;
  const until = Date.parse(recallUntil);
  return Math.min(until - now, until - Date.parse(launchedAt));
}

function UndoLaunchNotice({ campaign, onChange, onReload, spanMs }: Props & { spanMs: number }) {
  const { api, cache, draft, emit, go, status } = useSession();
  const undo = async () => {
    const recalled = await createCampaignApi(api).recall(campaign.id);
    cache.delete("campaigns");
    status.value = say("Launch undone. Nothing was sent.");
    emit("campaign-recalled", { campaignId: campaign.id });
    const choices = cache.get(getLaunchedDraftKey(campaign.id)) as LaunchDraft | undefined;
    if (choices === undefined) {
      onChange(recalled);
      return;
    }
    // The launch view will create a new campaign, so without this deletion the draft would remain
    // as a second campaign.
    await createCampaignApi(api).deleteCampaign(campaign.id);
    draft.value = choices;
    go({ name: "launch" });
  };
  return (
    <UndoNotice
      spanMs={spanMs}
      text={say("Launched. No emails will go out for another")}
      label={say("Undo launch")}
      onUndo={undo}
      onEnd={onReload}
    />
  );
}

/**
 * Shows the reason why Doorknock paused the campaign, and what the agent should do before resuming
 * the campaign.
 */
function AutoPauseNotice({ campaign }: { campaign: Campaign }) {
  if (campaign.status !== "paused" || campaign.pauseReason === null) return null;
  return (
    <Note tone="warning">
      <p>
        <strong>{say("Paused automatically.")}</strong>{" "}
        {sayMessage(englishReasonTexts.pause[campaign.pauseReason])}
      </p>
      <p>
        {say(
          "Check the email addresses before you resume. The campaign will pause again only if this keeps happening.",
        )}
      </p>
    </Note>
  );
}

/**
 * Shows the number of emails that are too late because of a pause or an outage. With one click, the
 * agent lets Doorknock send these emails at the sender's pace.
 */
function LateEmailsNotice({ campaign, onChange }: Props) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const { needsConfirmation } = campaign.backlog;
  if (campaign.status !== "active" || needsConfirmation === 0) return null;
  const confirm = () =>
    run(async () => {
      onChange(await createCampaignApi(api).confirmLate(campaign.id));
      status.value = say("Confirmed. They’ll go out one by one.");
    });
  const people = formatCount(needsConfirmation, "person", "people");
  return (
    <>
      <Note tone="warning">
        <p>
          {say(
            "Emails to {people} are more than {maxLatenessHours} hours late. They won’t go out until you say so.",
            { people, maxLatenessHours: campaign.maxLatenessHours },
          )}
        </p>
        <Button isBusy={isBusy} onClick={confirm}>
          {say("Send them anyway")}
        </Button>
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/** Shows the notices at the top of a campaign. */
export function CampaignNotices(props: Props) {
  const { campaign } = props;
  const { tokens, mayAct } = useSession();
  const spanMs = campaign.status === "active" ? getRecallLeftMs(campaign, tokens.now()) : 0;
  return (
    <>
      {spanMs > 0 && mayAct() && <UndoLaunchNotice key={campaign.recallUntil} {...props} spanMs={spanMs} />}
      <ApprovalNotice {...props} />
      <AutoPauseNotice campaign={campaign} />
      <LateEmailsNotice {...props} />
      {mayAct() && (campaign.status === "active" || campaign.status === "paused") && (
        <HeldPeopleNotice campaign={campaign} />
      )}
    </>
  );
}
