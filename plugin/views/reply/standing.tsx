import { useState } from "preact/hooks";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { Note } from "../../ui/feedback.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { outcomeEffectTexts, outcomeLabels } from "../../words/reply.ts";
import { say } from "../../words/say.ts";
import { type Assignment, AssignmentNotice, ReplyAssignee } from "./assign.tsx";
import { NextStageButtons, ReplyOutcomeButtons } from "./outcomes.tsx";
import { tellOutcome } from "./tell-outcome.ts";

type Props = { recipient: RecipientDetail; onChange: (recipient: RecipientDetail) => void };

/**
 * Tells whether the sequence can continue: a reply has stopped the recipient, and some emails have
 * not been sent.
 */
const canContinue = ({ stopReason, emails }: RecipientDetail) =>
  stopReason === "replied" && emails.some(({ state }) => state === "dropped");

/**
 * Asks for the outcome of the recipient's reply, or shows the recorded outcome. Shows nothing while
 * `ReplyQuestion` asks whether the reply is a refusal, because the agent must answer that question
 * first.
 */
export function ReplyStandingNote({ recipient, onChange }: Props) {
  const session = useSession();
  const { format, tokens } = session;
  const { reply, id, propertyId } = recipient;
  const [assignment, setAssignment] = useState<Assignment | null>(null);
  if (reply === null || recipient.hasOpenQuestion) return null;
  const question = say("What did {name} say?", { name: formatRecipientName(recipient) });
  if (reply.outcome !== null && reply.undoUntil !== null) {
    return (
      <UndoNotice
        key={reply.decidedAt}
        spanMs={Date.parse(reply.undoUntil) - tokens.now()}
        text={say("{said} You can undo this for another", { said: outcomeEffectTexts[reply.outcome] })}
        label={say("Undo")}
        onUndo={async () => {
          const restored = await createRecipientActionsApi(session.api).undoOutcome(id);
          tellOutcome(session, restored);
          onChange(restored);
          session.status.value = say("Undone.");
        }}
        onEnd={() => onChange({ ...recipient, reply: { ...reply, undoUntil: null } })}
      />
    );
  }
  if (reply.outcome === null || reply.isWaiting) {
    return (
      <Note tone="info" icon="reply">
        <p>
          <strong>{question}</strong>
        </p>
        <ReplyOutcomeButtons
          recipientId={id}
          propertyId={propertyId}
          canContinue={canContinue(recipient)}
          label={question}
          onSettled={onChange}
        />
        <ReplyAssignee
          recipientId={id}
          assignedTo={reply.assignedTo}
          onAssigned={(changed, made) => {
            onChange(changed);
            setAssignment(made);
          }}
        />
        {assignment && (
          <AssignmentNotice
            assignment={assignment}
            person={null}
            onUndone={(changed) => {
              onChange(changed);
              setAssignment(null);
            }}
            onEnd={() => setAssignment(null)}
            key={assignment.to.id}
          />
        )}
      </Note>
    );
  }
  return (
    <div class="reply-outcomes">
      <p class="fine">
        {outcomeLabels[reply.outcome]}
        {reply.decidedAt && ` · ${format.date(reply.decidedAt)}`}
        {reply.comesBackAt &&
          ` · ${say("back on {comesBackAt}", { comesBackAt: format.date(reply.comesBackAt) })}`}
      </p>
      <NextStageButtons recipientId={id} outcome={reply.outcome} onSettled={onChange} />
    </div>
  );
}
