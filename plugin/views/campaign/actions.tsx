import { useState } from "preact/hooks";
import type { Campaign, CampaignStatusInput } from "../../../shared/campaign.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import type { DoorknockEventType } from "../../host/host.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say, sayMessage } from "../../words/say.ts";
import { DraftActions } from "./draft-actions.tsx";
import { needsResumeDialog, ResumeDialog } from "./resume-dialog.tsx";
import { CampaignSendNowButton } from "./send-now.tsx";

type News = {
  event: DoorknockEventType;
  said: PlainPhrase;
};
type Settable = Exclude<CampaignStatusInput["status"], "archived">;
type Question = "stop" | "resume";
const launched: News = { event: "campaign-launched", said: "Launched." };
const news: Record<Settable, News> = {
  active: { event: "campaign-resumed", said: "Campaign resumed." },
  paused: { event: "campaign-paused", said: "Campaign paused. No emails will go out until you resume it." },
  stopped: { event: "campaign-stopped", said: "Campaign stopped. No more emails will go out." },
};

type Props = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
};

function useCampaignActions({ campaign, onChange }: Props) {
  const { api, emit, status, cache } = useSession();
  const action = useAction();
  const [confirming, setConfirming] = useState<Question | null>(null);
  const done = (changed: Campaign, said: string) => {
    cache.delete("campaigns");
    onChange(changed);
    status.value = said;
    setConfirming(null);
  };
  return {
    action,
    confirming,
    confirm: (what: Question | null) => {
      action.forget();
      setConfirming(what);
    },
    setStatus: (wanted: Settable, confirmLate = false) =>
      action.run(async () => {
        const { resumed, ...changed } = await createCampaignApi(api).setStatus(campaign.id, {
          status: wanted,
          confirmLate,
        });
        if (changed.status === "waitingForApproval")
          return done(changed, say("Waiting for a team lead’s approval."));
        const { event, said } = campaign.status === "draft" ? launched : news[wanted];
        done(changed, resumed ? `${say(said)} ${sayMessage(resumed.explanation)}` : say(said));
        emit(event, { campaignId: campaign.id });
      }),
  };
}

/**
 * Shows the buttons that change a campaign's status. "Stop" asks for confirmation. "Resume" asks
 * only if Doorknock paused the campaign, or if emails are overdue.
 */
export function CampaignActions(props: Props) {
  const { campaign } = props;
  const { action, confirming, confirm, setStatus } = useCampaignActions(props);
  const isActive = campaign.status === "active";
  const { mayAct } = useSession();
  if (!mayAct()) return null;
  if (campaign.status === "draft") {
    return <DraftActions {...props} launch={action} onLaunch={() => setStatus("active")} />;
  }
  if (!isActive && campaign.status !== "paused") return null;
  const dialog = { isBusy: action.isBusy, failure: action.failure, onClose: () => confirm(null) };
  const isBusy = action.isBusy && confirming === null;
  return (
    <>
      {isActive && campaign.counts.active > 0 && <CampaignSendNowButton {...props} />}
      <Button
        icon={isActive ? "pause" : "play"}
        isBusy={isBusy}
        onClick={() =>
          needsResumeDialog(campaign) ? confirm("resume") : setStatus(isActive ? "paused" : "active")
        }
      >
        {isActive ? say("Pause") : say("Resume")}
      </Button>
      <Button icon="stop" onClick={() => confirm("stop")}>
        {say("Stop")}
      </Button>
      {action.failure && confirming === null && <FailureNotice failure={action.failure} />}
      {confirming === "stop" && (
        <ConfirmDialog
          title={say("Stop this campaign?")}
          confirm={say("Stop campaign")}
          kind="danger"
          {...dialog}
          onConfirm={() => setStatus("stopped")}
        >
          <p>
            {say(
              "No more emails will go out from it, and it can’t be restarted. To take a break, pause it instead.",
            )}
          </p>
        </ConfirmDialog>
      )}
      {confirming === "resume" && (
        <ResumeDialog
          campaign={campaign}
          action={action}
          onResume={(confirmLate) => setStatus("active", confirmLate)}
          onClose={() => confirm(null)}
        />
      )}
    </>
  );
}
