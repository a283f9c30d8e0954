import { useState } from "preact/hooks";
import type { Campaign, StatusInput } from "../../shared/campaign.ts";
import type { DoorknockEventType } from "../host.ts";
import { useSession } from "../state.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/feedback.tsx";
import { plural } from "../words.ts";

type Settable = Exclude<StatusInput["status"], "archived">;
const news: Record<Settable, { event: DoorknockEventType; said: string }> = {
  active: { event: "campaign-resumed", said: "Campaign resumed." },
  paused: { event: "campaign-paused", said: "Campaign paused. Nothing is sent until you resume it." },
  stopped: { event: "campaign-stopped", said: "Campaign stopped. Nothing more will be sent." },
};

interface Props {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
}

function useCampaignActions({ campaign, onChange }: Props) {
  const { api, emit, status, cache } = useSession();
  const action = useAction();
  const [confirming, setConfirming] = useState<"stop" | "send-now" | null>(null);
  const done = (changed: Campaign, said: string) => {
    cache.delete("campaigns");
    onChange(changed);
    status.value = said;
    setConfirming(null);
  };
  return {
    action,
    confirming,
    confirm: (what: "stop" | "send-now" | null) => {
      action.forget();
      setConfirming(what);
    },
    setStatus: (wanted: Settable) =>
      action.run(async () => {
        done(await api.setStatus(campaign.id, { status: wanted }), news[wanted].said);
        emit(news[wanted].event, { campaignId: campaign.id });
      }),
    sendNow: () =>
      action.run(async () => done(await api.sendNow(campaign.id), "Sending the next emails now.")),
  };
}

/** Pause, Resume and Send now can be taken back or are harmless; Stop can't, and says so first. */
export function CampaignActions(props: Props) {
  const { campaign } = props;
  const { action, confirming, confirm, setStatus, sendNow } = useCampaignActions(props);
  const isActive = campaign.status === "active";
  if (!isActive && campaign.status !== "paused") return null;
  const dialog = { isBusy: action.isBusy, failure: action.failure, onClose: () => confirm(null) };
  const isBusy = action.isBusy && confirming === null;
  return (
    <>
      {isActive && campaign.counts.active > 0 && (
        <Button icon="send" onClick={() => confirm("send-now")}>
          Send now
        </Button>
      )}
      <Button
        icon={isActive ? "pause" : "play"}
        isBusy={isBusy}
        onClick={() => setStatus(isActive ? "paused" : "active")}
      >
        {isActive ? "Pause" : "Resume"}
      </Button>
      <Button icon="stop" onClick={() => confirm("stop")}>
        Stop
      </Button>
      {action.failure && confirming === null && <Problem failure={action.failure} />}
      {confirming === "stop" && (
        <ConfirmDialog
          title="Stop this campaign?"
          confirm="Stop campaign"
          kind="danger"
          {...dialog}
          onConfirm={() => setStatus("stopped")}
        >
          <p>
            No more emails go out from it, and it can’t be started again. To take a break, pause it instead.
          </p>
        </ConfirmDialog>
      )}
      {confirming === "send-now" && (
        <ConfirmDialog title="Send the next email now?" confirm="Send now" {...dialog} onConfirm={sendNow}>
          <p>
            {plural(campaign.counts.active, "person", "people")} would get their next email right away instead
            of at the planned time.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
