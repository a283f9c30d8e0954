import type { ActionState } from "../ui/action.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { say, sayWithElements } from "../words/say.ts";

/** The two changes that a team lead can make to the outreach of the whole office. */
export type OutreachChange = "stop" | "resume";

const explanations = {
  stop: {
    title: "Stop all outreach?",
    confirm: "Stop all outreach",
  },
  resume: { title: "Resume all outreach?", confirm: "Resume" },
} as const;
type DialogProps = {
  change: OutreachChange;
  office: string;
  action: ActionState;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks a team lead for confirmation before all outreach of the office is stopped or resumed. */
export function OutreachDialog({ change, office, action, onConfirm, onClose }: DialogProps) {
  const { title, confirm } = explanations[change];
  return (
    <ConfirmDialog
      title={say(title)}
      confirm={say(confirm)}
      kind={change === "stop" ? "danger" : "primary"}
      isBusy={action.isBusy}
      failure={action.failure}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {change === "stop" ? (
        <>
          <p>
            {sayWithElements(
              "No emails will go out from {office} for any agent or property, including emails already queued.",
              { office: <strong>{office}</strong> },
            )}
          </p>
          <p>{say("Everyone keeps their place, replies still come in, and you can resume at any time.")}</p>
        </>
      ) : (
        <p>
          {sayWithElements(
            "Campaigns from {office} pick up where they left off, at each sender’s pace. Emails that are now too late wait until someone confirms them, campaign by campaign.",
            { office: <strong>{office}</strong> },
          )}
        </p>
      )}
    </ConfirmDialog>
  );
}
