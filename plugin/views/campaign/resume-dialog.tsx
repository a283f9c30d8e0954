import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import type { ActionState } from "../../ui/action.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { formatCount, say, sayMessage } from "../../words/say.ts";

/**
 * Tells whether the agent should see figures before resuming a campaign: if Doorknock paused the
 * campaign, or if emails are overdue.
 */
export const needsResumeDialog = ({ status, pauseReason, backlog }: Campaign) =>
  status === "paused" && (pauseReason !== null || backlog.overdue > 0);

type Props = {
  campaign: Campaign;
  action: ActionState;
  onResume: (confirmLate: boolean) => void;
  onClose: () => void;
};

/** Shows the effect of resuming the campaign in numbers, and asks for confirmation. */
export function ResumeDialog({ campaign, action, onResume, onClose }: Props) {
  const [confirmLate, setConfirmLate] = useState(false);
  const { sent, remaining, overdue, needsConfirmation } = campaign.backlog;
  return (
    <ConfirmDialog
      title={say("Resume this campaign?")}
      confirm={say("Resume")}
      isBusy={action.isBusy}
      failure={action.failure}
      onConfirm={() => onResume(confirmLate)}
      onClose={onClose}
    >
      {campaign.pauseReason && (
        <p>
          {say("It paused automatically.")} {sayMessage(englishReasonTexts.pause[campaign.pauseReason])}
        </p>
      )}
      <dl class="envelope">
        <dt>{say("Already sent")}</dt>
        <dd>{say("{emails}; no one gets the same email twice", { emails: formatCount(sent, "email") })}</dd>
        <dt>{say("Still to come")}</dt>
        <dd>{say("for {people}", { people: formatCount(remaining, "person", "people") })}</dd>
        <dt>{say("Overdue")}</dt>
        <dd>
          {overdue === 0
            ? "nobody"
            : say("{people}, one by one at the sender’s pace", {
                people: formatCount(overdue, "person", "people"),
              })}
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
            {say("Also send to the {people} whose emails are more than {maxLatenessHours} hours late", {
              people: formatCount(needsConfirmation, "person whose email is", "people whose emails are"),
              maxLatenessHours: campaign.maxLatenessHours,
            })}
          </span>
        </label>
      )}
    </ConfirmDialog>
  );
}
