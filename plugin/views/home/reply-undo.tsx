import { useEffect, useRef } from "preact/hooks";
import type { WaitingReply } from "../../../shared/reply.ts";
import type { SettlingOutcome } from "../../../shared/vocabulary.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { outcomeEffectTexts } from "../../words/reply.ts";
import { say } from "../../words/say.ts";
import { type Assignment, AssignmentNotice } from "../reply/assign.tsx";
import { tellOutcome } from "../reply/tell-outcome.ts";

/** What the agent has just done with a reply and can still undo. */
export type ReplyChange = { reply: WaitingReply } & (
  | { kind: "settled"; outcome: SettlingOutcome; undoUntil: string }
  | { kind: "assigned"; assignment: Assignment }
);

type Props = { change: ReplyChange; onUndone: () => void; onEnd: () => void };

/** Shows the notice with which the agent can undo an outcome or an assignment of a reply. */
export function ReplyUndo({ change, onUndone, onEnd }: Props) {
  const session = useSession();
  const { tokens } = session;
  const { reply } = change;
  const name = formatRecipientName({ name: reply.recipientName, email: reply.email });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focused button has disappeared, so the notice in its place gets the focus.
    place.current?.focus();
  }, []);
  return (
    <div ref={place} tabIndex={-1}>
      {change.kind === "assigned" ? (
        <AssignmentNotice assignment={change.assignment} person={name} onUndone={onUndone} onEnd={onEnd} />
      ) : (
        <UndoNotice
          spanMs={Date.parse(change.undoUntil) - tokens.now()}
          text={say("{name}: {said} You can undo this for another", {
            name,
            said: outcomeEffectTexts[change.outcome],
          })}
          label={say("Undo")}
          onUndo={async () => {
            tellOutcome(session, await createRecipientActionsApi(session.api).undoOutcome(reply.recipientId));
            session.status.value = say("Undone.");
            onUndone();
          }}
          onEnd={onEnd}
        />
      )}
    </div>
  );
}
