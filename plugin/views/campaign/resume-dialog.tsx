import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import type { ActionState } from "../../ui/action.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { formatCount } from "../../words/words.ts";

/**
 * Returns true if the agent should see figures before resuming: the campaign paused by itself, or
 * emails are overdue.
 */
export const needsResumeDialog = ({ status, pauseReason, backlog }: Campaign) =>
  status === "paused" && (pauseReason !== null || backlog.overdue > 0);

type Props = {
  campaign: Campaign;
  action: ActionState;
  onResume: (confirmLate: boolean) => void;
  onClose: () => void;
};

/** The dialog that shows, in figures, what a resume would do. */
export function ResumeDialog({ campaign, action, onResume, onClose }: Props) {
  const [confirmLate, setConfirmLate] = useState(false);
  const { sent, remaining, overdue, needsConfirmation } = campaign.backlog;
  return (
    <ConfirmDialog
      title="Resume this campaign?"
      confirm="Resume"
      isBusy={action.isBusy}
      failure={action.failure}
      onConfirm={() => onResume(confirmLate)}
      onClose={onClose}
    >
      {campaign.pauseReason && (
        <p>It paused automatically. {englishReasonTexts.pause[campaign.pauseReason]}</p>
      )}
      <dl class="envelope">
        <dt>Already sent</dt>
        <dd>{formatCount(sent, "email")}; no one gets the same email twice</dd>
        <dt>Still to come</dt>
        <dd>for {formatCount(remaining, "person", "people")}</dd>
        <dt>Overdue</dt>
        <dd>
          {overdue === 0
            ? "nobody"
            : `${formatCount(overdue, "person", "people")}, one by one at the sender’s pace`}
        </dd>
      </dl>
      {needsConfirmation > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={confirmLate}
            onChange={(event) => setConfirmLate(event.currentTarget.checked)}
          />
          <span>
            Also email the{" "}
            {formatCount(needsConfirmation, "person whose email is", "people whose emails are")} more than{" "}
            {campaign.maxLatenessHours} hours late
          </span>
        </label>
      )}
    </ConfirmDialog>
  );
}
