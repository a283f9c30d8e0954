import { useId, useState } from "preact/hooks";
import type { TimelineEvent } from "../../../shared/recipient.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { say } from "../../words/say.ts";
import { type AnsweredRecipientProps, useReplyRecording } from "./use-reply.ts";

type ReplyProps = AnsweredRecipientProps & { event: TimelineEvent; replyId: string };

/**
 * Shows the buttons below a reply. With the buttons, the agent records whether a person wrote the
 * reply, and whether the writer is the wrong person for the property.
 */
export function ReplyActions(props: AnsweredRecipientProps & { event: TimelineEvent }) {
  const { event } = props;
  if (event.replyId === null) return null;
  const reply = { ...props, replyId: event.replyId };
  return event.kind === "replied" ? <PersonalReplyActions {...reply} /> : <AbsenceActions {...reply} />;
}

function PersonalReplyActions(props: ReplyProps) {
  const { recipient, replyId } = props;
  const { read, record, isBusy, failure, forget, place } = useReplyRecording(props);
  const [isWrong, setIsWrong] = useState(false);
  const close = () => {
    forget();
    setIsWrong(false);
  };
  const name = formatRecipientName(recipient);
  return (
    <div class="reply-actions" ref={place}>
      <Button
        kind="quiet"
        icon="clock"
        isDisabled={isBusy}
        onClick={() =>
          read(replyId, { reading: "absence" }, say("Marked as an automatic reply. The sequence continues."))
        }
      >
        {say("It’s an automatic reply")}
      </Button>
      {recipient.propertyId !== null && (
        <Button kind="quiet" icon="people" isDisabled={isBusy} onClick={() => setIsWrong(true)}>
          {say("Wrong person")}
        </Button>
      )}
      {failure && !isWrong && <FailureNotice failure={failure} />}
      {isWrong && (
        <ConfirmDialog
          title={say("Is {name} the wrong person?", { name })}
          confirm={say("Wrong person")}
          kind="danger"
          isBusy={isBusy}
          failure={failure}
          onConfirm={() => record({ outcome: "wrongPerson" }, say("Noted as the wrong person."), close)}
          onClose={close}
        >
          <p>
            {say(
              "Nobody at your office will email {name} about this property again. Others here can still get emails.",
              { name },
            )}
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function AbsenceActions(props: ReplyProps) {
  const { event, replyId } = props;
  const { read, isBusy, failure, place } = useReplyRecording(props);
  const [isOpen, setIsOpen] = useState(false);
  const formId = useId();
  const save = (awayUntil: string | null) =>
    read(
      replyId,
      { reading: "absence", awayUntil },
      say("Saved. The next email will wait until they’re back."),
      () => setIsOpen(false),
    );
  return (
    <div class="reply-actions" ref={place}>
      <Button
        kind="quiet"
        icon="reply"
        isDisabled={isBusy}
        onClick={() => read(replyId, { reading: "reply" }, say("Marked as a reply. The sequence stops."))}
      >
        {say("A person wrote this")}
      </Button>
      <Button
        kind="quiet"
        icon="clock"
        isDisabled={isBusy}
        expands={{ id: formId, isOpen }}
        onClick={() => setIsOpen(!isOpen)}
      >
        {event.awayUntil ? say("Change return date") : say("Set return date")}
      </Button>
      {isOpen && <ReturnDayForm id={formId} day={event.awayUntil} isBusy={isBusy} onSave={save} />}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}

type FormProps = { id: string; day: string | null; isBusy: boolean; onSave: (day: string | null) => void };

function ReturnDayForm({ id, day, isBusy, onSave }: FormProps) {
  const [value, setValue] = useState(day ?? "");
  const save = (event: Event) => {
    event.preventDefault();
    onSave(value || null);
  };
  return (
    <form id={id} class="fields" onSubmit={save}>
      <label class="field">
        <span>{say("Back on")}</span>
        <input type="date" value={value} onInput={(event) => setValue(event.currentTarget.value)} />
      </label>
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy}>
          {say("Save")}
        </button>
      </div>
    </form>
  );
}
