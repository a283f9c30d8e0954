import { useId, useRef, useState } from "preact/hooks";
import type { NamedAgent, OfficeAgent } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent } from "../../ui/feedback.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { say } from "../../words/say.ts";

/**
 * An assignment that the agent has just made: the colleague, and who handled the replies before.
 * The agent can undo the assignment until `undoUntil`, in ms.
 */
export type Assignment = { recipientId: number; to: OfficeAgent; from: NamedAgent | null; undoUntil: number };

type Props = {
  recipientId: number;
  assignedTo: NamedAgent | null;
  /** Called with the recipient after the replies are assigned. */
  onAssigned: (recipient: RecipientDetail, assignment: Assignment) => void;
};

/** Shows who handles a person's replies, and a button that assigns the replies to a colleague. */
export function ReplyAssignee({ recipientId, assignedTo, onAssigned }: Props) {
  const { mayAct } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <div class="assignee">
      <p class="fine">
        {assignedTo?.name ? say("{name} handles this reply.", { name: assignedTo.name }) : ""}
      </p>
      {mayAct() && (
        <Button kind="quiet" icon="people" expands={{ id, isOpen }} onClick={() => setIsOpen(!isOpen)}>
          {say("Assign…")}
        </Button>
      )}
      {isOpen && (
        <AssignForm
          id={id}
          recipientId={recipientId}
          assignedTo={assignedTo}
          onAssigned={(recipient, assignment) => {
            setIsOpen(false);
            onAssigned(recipient, assignment);
          }}
        />
      )}
    </div>
  );
}

/** Asks to which agent of the office the replies go. */
function AssignForm({ id, recipientId, assignedTo, onAssigned }: Props & { id: string }) {
  const { api, tokens, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [chosen, setChosen] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const agents = useResource("agents", ({ api: calls }) => ({
    fetch: (signal) => createAgentHomeApi(calls).agents(signal),
  }));
  const assign = (to: OfficeAgent | undefined) =>
    to &&
    run(async () => {
      const body = { assignedTo: to.id, assignedFrom: assignedTo?.id ?? null };
      const changed = await createRecipientActionsApi(api).assignReplies(recipientId, body);
      status.value = formatAssignment(to);
      const undoUntil = tokens.now() + limits.recallSeconds * 1000;
      onAssigned(changed, { recipientId, to, from: assignedTo, undoUntil });
    });
  return (
    <form
      ref={form}
      class="not-now"
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        assign(agents.data?.items.find((agent) => agent.id === chosen));
      }}
    >
      <LoadedContent resource={agents} rows={1}>
        {({ items }) => {
          const others = items.filter((agent) => agent.id !== assignedTo?.id);
          if (others.length === 0)
            return <p class="muted">{say("No colleague of yours has opened Outreach yet.")}</p>;
          return (
            <>
              <label class="field">
                <span>{say("Who handles it")}</span>
                <select
                  required
                  value={chosen}
                  onChange={({ currentTarget }) => setChosen(currentTarget.value)}
                >
                  <option value="">{say("Choose a colleague")}</option>
                  {others.map((agent) => (
                    <option value={agent.id} key={agent.id}>
                      {agent.isMe ? say("{name} (you)", { name: agent.name }) : agent.name}
                    </option>
                  ))}
                </select>
              </label>
              <Button kind="primary" isBusy={isBusy} onClick={() => form.current?.requestSubmit()}>
                {say("Assign")}
              </Button>
            </>
          );
        }}
      </LoadedContent>
      {failure && <FailureNotice failure={failure} />}
    </form>
  );
}

const formatAssignment = ({ name, isMe }: OfficeAgent) =>
  isMe ? say("You handle this reply now.") : say("{name} handles this reply now.", { name });

type NoticeProps = {
  assignment: Assignment;
  /** The name of the person who replied; null if the notice stands on the person's own page. */
  person: string | null;
  onUndone: (recipient: RecipientDetail) => void;
  onEnd: () => void;
};

/** Shows for ten seconds that the replies are assigned, with a button that takes them back. */
export function AssignmentNotice({ assignment, person, onUndone, onEnd }: NoticeProps) {
  const { api, tokens, status } = useSession();
  const { recipientId, to, from, undoUntil } = assignment;
  const said = formatAssignment(to);
  return (
    <UndoNotice
      spanMs={undoUntil - tokens.now()}
      text={
        person === null
          ? say("{said} You can undo this for another", { said })
          : say("{name}: {said} You can undo this for another", { name: person, said })
      }
      label={say("Undo")}
      onUndo={async () => {
        const body = { assignedTo: from?.id ?? null, assignedFrom: to.id };
        const changed = await createRecipientActionsApi(api).assignReplies(recipientId, body);
        status.value = say("Undone.");
        onUndone(changed);
      }}
      onEnd={onEnd}
    />
  );
}
