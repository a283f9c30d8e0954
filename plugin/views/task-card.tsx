import { useId, useState } from "preact/hooks";
import { limits } from "../../shared/limits.ts";
import type { Task, TaskClosingInput } from "../../shared/task.ts";
import type { TaskResult } from "../../shared/vocabulary.ts";
import { useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/feedback.tsx";
import { Icon } from "../ui/icon.tsx";
import { say } from "../words/say.ts";
import {
  describeNotNowEffect,
  formatPostponement,
  formatTaskResult,
  formatTaskTimes,
  formatTaskTitle,
} from "../words/task.ts";

/** The results that a call can have. A click on a result closes the task. */
const callResults: TaskResult[] = ["reached", "voicemail", "wrongNumber", "notNow"];
const postponeChoices = [1, 3, 7];

type Props = {
  task: Task;
  /** Called with the changed task once the task is closed or postponed. */
  onRemoved: (task: Task) => void;
};

function useTaskActions({ task, onRemoved }: Props, note: string) {
  const { api, status, format } = useSession();
  const { run, isBusy, failure } = useAction();
  const title = formatTaskTitle(task);
  const closing = (result?: TaskResult): TaskClosingInput => ({
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(result ? { result } : {}),
  });
  return {
    isBusy,
    failure,
    finish: (result?: TaskResult) =>
      run(async () => {
        const closed = await api.closeTask(task.id, "done", closing(result));
        status.value = say("{title}: Marked as done. {result}", {
          title,
          result: result === "notNow" ? describeNotNowEffect() : say("The sequence continues."),
        });
        onRemoved(closed);
      }),
    skip: () =>
      run(async () => {
        const closed = await api.closeTask(task.id, "skip", closing());
        status.value = say("{title}: Skipped. The sequence continues.", { title });
        onRemoved(closed);
      }),
    postpone: (days: number) =>
      run(async () => {
        const later = await api.postponeTask(task.id, { days });
        if (later.postponedUntil)
          status.value = say("{title}: Postponed until {postponedUntil}.", {
            title,
            postponedUntil: format.date(later.postponedUntil),
          });
        onRemoved(later);
      }),
  };
}

/**
 * Shows the facts that the agent needs for the task: the phone number, the last email and the last
 * reply.
 */
function TaskBackground({ task }: { task: Task }) {
  const { format } = useSession();
  const { phone, isDoNotCall, lastEmail, lastReply, kind } = task;
  return (
    <>
      {kind === "call" && isDoNotCall && (
        <p class="bad-news">
          <Icon name="warning" /> {say("Your CRM says not to call this person.")}
        </p>
      )}
      {kind === "call" && phone && (
        <p>{isDoNotCall ? phone : <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>}</p>
      )}
      {kind === "call" && !phone && (
        <p class="muted">{say("Your CRM has no phone number for this person.")}</p>
      )}
      {lastReply && (
        <p class="excerpt">
          {say("They replied on {receivedAt}: “{firstWords}”", {
            receivedAt: format.date(lastReply.receivedAt),
            firstWords: lastReply.firstWords,
          })}
        </p>
      )}
      {lastEmail && (
        <p class="fine">
          {say("Last email {sentAt}: “{subject}”", {
            sentAt: format.date(lastEmail.sentAt),
            subject: lastEmail.subject,
          })}
        </p>
      )}
    </>
  );
}

/** Shows a task of the agent, with the buttons that close or postpone the task. */
export function TaskCard(props: Props) {
  const { task } = props;
  const { tokens, mayAct } = useSession();
  const [note, setNote] = useState("");
  const [open, setOpen] = useState<"note" | "later" | null>(null);
  const { isBusy, failure, finish, skip, postpone } = useTaskActions(props, note);
  const [titleId, laterId, noteId] = [useId(), useId(), useId()];
  const toggle = (part: "note" | "later") => setOpen(open === part ? null : part);
  return (
    <li class="card task">
      <Icon name={task.kind === "agencyForm" ? "mail" : task.kind} />
      <div class="task-body">
        <h4 id={titleId}>{formatTaskTitle(task)}</h4>
        <p>{task.instructions}</p>
        {!task.isMine && (
          <p class="strong">{say("For {name}", { name: task.assignedTo.name ?? say("another agent") })}</p>
        )}
        <TaskBackground task={task} />
        <p class="fine">{formatTaskTimes(task, tokens.now())}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
      {mayAct() && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
        <div class="actions" role="group" aria-labelledby={titleId}>
          {task.kind === "call" ? (
            callResults.map((result) => (
              <Button isBusy={isBusy} onClick={() => finish(result)} key={result}>
                {formatTaskResult(result)}
              </Button>
            ))
          ) : (
            <Button icon="check" isBusy={isBusy} onClick={() => finish()}>
              {say("Done")}
            </Button>
          )}
          <Button
            kind="quiet"
            expands={{ id: noteId, isOpen: open === "note" }}
            onClick={() => toggle("note")}
          >
            {say("Note")}
          </Button>
          <Button
            kind="quiet"
            isDisabled={isBusy}
            expands={{ id: laterId, isOpen: open === "later" }}
            onClick={() => toggle("later")}
          >
            {say("Later")}
          </Button>
          <Button kind="quiet" isDisabled={isBusy} onClick={skip}>
            {say("Skip")}
          </Button>
          {open === "note" && (
            <label class="field choices" id={noteId}>
              <span>{say("Note (saved when you choose a button above)")}</span>
              <textarea
                rows={2}
                maxLength={limits.noteLength}
                value={note}
                onInput={({ currentTarget }) => setNote(currentTarget.value)}
              />
            </label>
          )}
          {open === "later" && (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
            <div class="choices" role="group" aria-label={say("Postpone")} id={laterId}>
              {postponeChoices.map((days) => (
                <Button kind="quiet" isDisabled={isBusy} onClick={() => postpone(days)} key={days}>
                  {formatPostponement(days)}
                </Button>
              ))}
            </div>
          )}
        </div>
      )}
    </li>
  );
}
