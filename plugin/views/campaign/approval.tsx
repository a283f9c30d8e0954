import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import type { CampaignApprovalView } from "../../../shared/campaign-approval.ts";
import { limits } from "../../../shared/limits.ts";
import type { Role } from "../../../shared/vocabulary.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { formatSources } from "../../words/source.ts";

/** Tells whether a role may approve campaigns. The Worker also checks the role. */
export const canApproveCampaigns = (role: Role | null) => role === "teamLead" || role === "admin";

type Props = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
};

function useApprovalActions({ campaign, onChange }: Props) {
  const { api, cache, emit, status } = useSession();
  const action = useAction();
  const run = (change: () => Promise<Campaign>, said: string, onDone: () => void = () => undefined) =>
    action.run(async () => {
      onChange(await change());
      cache.delete("campaigns");
      status.value = said;
      onDone();
    });
  return {
    action,
    approve: () =>
      run(
        () => createCampaignApi(api).setStatus(campaign.id, { status: "active" }),
        say("Approved and launched."),
        () => emit("campaign-launched", { campaignId: campaign.id }),
      ),
    takeBack: () =>
      run(() => createCampaignApi(api).recall(campaign.id), say("Request withdrawn. It’s a draft again.")),
    decline: (note: string, onDone: () => void) =>
      run(
        () => createCampaignApi(api).decline(campaign.id, { note }),
        say("Declined. It’s a draft again."),
        onDone,
      ),
  };
}

function DeclineDialog({ onClose, ...props }: Props & { onClose: () => void }) {
  const { action, decline } = useApprovalActions(props);
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      title={say("Decline this launch?")}
      confirm={say("Decline")}
      kind="danger"
      isBusy={action.isBusy}
      isDisabled={note.trim() === ""}
      failure={action.failure}
      onConfirm={() => decline(note.trim(), onClose)}
      onClose={onClose}
    >
      <p>
        {say(
          "No emails will go out. The agent will see your reason, and can change the campaign and ask again.",
        )}
      </p>
      <label class="field">
        <span>{say("Reason")}</span>
        <textarea
          rows={3}
          maxLength={limits.noteLength}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
    </ConfirmDialog>
  );
}

function WaitingNotice({ approval, ...props }: Props & { approval: CampaignApprovalView }) {
  const { tokens, format } = useSession();
  const { action, approve, takeBack } = useApprovalActions(props);
  const [isDeclining, setIsDeclining] = useState(false);
  const mayDecide = canApproveCampaigns(tokens.role());
  const time = format.instant(approval.askedAt);
  const asked =
    approval.askedByName === null
      ? say("Requested on {time}.", { time })
      : say("Requested by {name} on {time}.", { name: approval.askedByName, time });
  return (
    <>
      <Note tone="info">
        <p>
          <strong>
            {mayDecide ? say("This launch needs your approval.") : say("Waiting for a team lead’s approval.")}
          </strong>{" "}
          {say("It emails people from {sources}. No emails will go out until it’s approved.", {
            sources: formatSources(approval.sources),
          })}
          {mayDecide && ` ${asked}`}
        </p>
        <div class="note-actions">
          {mayDecide && (
            <>
              <Button kind="primary" isBusy={action.isBusy && !isDeclining} onClick={approve}>
                {say("Approve and launch")}
              </Button>
              <Button isDisabled={action.isBusy} onClick={() => setIsDeclining(true)}>
                {say("Decline…")}
              </Button>
            </>
          )}
          {!mayDecide && (
            <Button isBusy={action.isBusy} onClick={takeBack}>
              {say("Withdraw request")}
            </Button>
          )}
        </div>
      </Note>
      {action.failure && <FailureNotice failure={action.failure} />}
      {isDeclining && <DeclineDialog {...props} onClose={() => setIsDeclining(false)} />}
    </>
  );
}

/** Shows the state of a launch that needs an approval, and lets a team lead decide. */
export function ApprovalNotice(props: Props) {
  const { format } = useSession();
  const { approval, status } = props.campaign;
  if (approval === null) return null;
  if (status === "waitingForApproval") return <WaitingNotice {...props} approval={approval} />;
  const decidedAt = format.instant(approval.decidedAt ?? approval.askedAt);
  const decider = approval.decidedByName;
  if (approval.verdict === "declined" && status === "draft") {
    return (
      <Note tone="warning">
        <p>
          <strong>
            {say("{decider} declined this launch, {decidedAt}.", {
              decider: decider ?? say("A team lead"),
              decidedAt,
            })}
          </strong>{" "}
          “{approval.note}”
        </p>
        <p>{say("No emails went out. To ask again, change the campaign and launch it again.")}</p>
      </Note>
    );
  }
  if (approval.verdict !== "approved") return null;
  return (
    <p class="fine">
      {say("Approved by {decider}, {decidedAt}", { decider: decider ?? say("a team lead"), decidedAt })}
    </p>
  );
}
