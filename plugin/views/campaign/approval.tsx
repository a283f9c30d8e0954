import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import type { CampaignApprovalView } from "../../../shared/campaign-approval.ts";
import { limits } from "../../../shared/limits.ts";
import type { Role } from "../../../shared/vocabulary.ts";
import { formatSourceNames } from "../../../shared/words/source-names.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";

/** Returns true for a role that may approve campaigns. The Worker checks the role too. */
export const mayApprove = (role: Role | null) => role === "teamLead" || role === "admin";

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
        () => api.setStatus(campaign.id, { status: "active" }),
        "Approved and launched.",
        () => emit("campaign-launched", { campaignId: campaign.id }),
      ),
    takeBack: () => run(() => api.recall(campaign.id), "Request withdrawn. It’s a draft again."),
    decline: (note: string, onDone: () => void) =>
      run(() => api.decline(campaign.id, { note }), "Declined. It’s a draft again.", onDone),
  };
}

function DeclineDialog({ onClose, ...props }: Props & { onClose: () => void }) {
  const { action, decline } = useApprovalActions(props);
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      title="Decline this launch?"
      confirm="Decline"
      kind="danger"
      isBusy={action.isBusy}
      isDisabled={note.trim() === ""}
      failure={action.failure}
      onConfirm={() => decline(note.trim(), onClose)}
      onClose={onClose}
    >
      <p>No emails will go out. The agent will see your reason, and can change the campaign and ask again.</p>
      <label class="field">
        <span>Reason</span>
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
  const mayDecide = mayApprove(tokens.role());
  const asker = approval.askedByName === null ? "" : ` by ${approval.askedByName}`;
  const asked = `Requested${asker} on ${format.instant(approval.askedAt)}.`;
  return (
    <>
      <Note tone="info">
        <p>
          <strong>
            {mayDecide ? "This launch needs your approval." : "Waiting for a team lead’s approval."}
          </strong>{" "}
          It emails people from {formatSourceNames(approval.sources)}. No emails will go out until it’s
          approved.
          {mayDecide && ` ${asked}`}
        </p>
        <div class="note-actions">
          {mayDecide && (
            <>
              <Button kind="primary" isBusy={action.isBusy && !isDeclining} onClick={approve}>
                Approve and launch
              </Button>
              <Button isDisabled={action.isBusy} onClick={() => setIsDeclining(true)}>
                Decline…
              </Button>
            </>
          )}
          {!mayDecide && (
            <Button isBusy={action.isBusy} onClick={takeBack}>
              Withdraw request
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
            {decider ?? "A team lead"} declined this launch, {decidedAt}.
          </strong>{" "}
          “{approval.note}”
        </p>
        <p>No emails went out. To ask again, change the campaign and launch it again.</p>
      </Note>
    );
  }
  if (approval.verdict !== "approved") return null;
  return (
    <p class="fine">
      Approved by {decider ?? "a team lead"}, {decidedAt}
    </p>
  );
}
