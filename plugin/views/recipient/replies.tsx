import { useId, useRef, useState } from "preact/hooks";
import type {
  RecipientDetail,
  ReplyOutcomeInput,
  ReplyReadingInput,
  TimelineEvent,
} from "../../../shared/recipient.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { formatRecipientName } from "../../words/recipient.ts";

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};
type ReplyProps = Props & { event: TimelineEvent; replyId: string };

/** Returns functions that record what an answer is or means, and the state of the request. */
function useReply({ recipient, onChange }: Props) {
  const { api, cache, status } = useSession();
  const { run, ...state } = useAction();
  const place = useRef<HTMLDivElement>(null);
  const change = (request: () => Promise<RecipientDetail>, said: string, done?: () => void) =>
    run(async () => {
      const changed = await request();
      // The focused button disappears. Focus moves to the view's heading, because the browser would
      // move the focus out of the tab.
      const root = place.current?.getRootNode();
      if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(".view-header h2")?.focus();
      done?.();
      onChange(changed);
      cache.delete("campaigns");
      status.value = said;
    });
  return {
    ...state,
    place,
    read: (replyId: string, body: ReplyReadingInput, said: string, done?: () => void) =>
      change(() => api.readReply(recipient.id, replyId, body), said, done),
    record: (body: ReplyOutcomeInput, said: string, done?: () => void) =>
      change(() => api.recordOutcome(recipient.id, body), said, done),
  };
}

/** Asks whether the writer of a doubtful reply wants no more emails. Each answer is one click. */
export function WantsOutQuestion(props: Props) {
  const { read, record, isBusy, failure, place } = useReply(props);
  const events = props.recipient.messages.flatMap((message) => message.events);
  const asked = events.find(({ mayWantOut }) => mayWantOut);
  const titleId = useId();
  if (!asked?.replyId) return null;
  const { replyId, text } = asked;
  return (
    <div class="wants-out" ref={place}>
      <Note tone="warning" icon="reply">
        <p id={titleId}>
          <strong>Do they want no more emails?</strong>
        </p>
        {text && <p class="excerpt">“{text}”</p>}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
        <div class="choices" role="group" aria-labelledby={titleId}>
          <Button
            isDisabled={isBusy}
            onClick={() => record({ outcome: "noMore" }, "Noted. Your office writes to them no more.")}
          >
            Yes, no more emails
          </Button>
          <Button
            isDisabled={isBusy}
            onClick={() => read(replyId, { reading: "reply" }, "Noted. It stays a reply.")}
          >
            No, just a reply
          </Button>
        </div>
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}

/**
 * The buttons below an answer, by which an agent says what the answer is, or that the wrong person
 * answered.
 */
export function ReplyActions(props: Props & { event: TimelineEvent }) {
  const { event } = props;
  if (event.replyId === null) return null;
  const reply = { ...props, replyId: event.replyId };
  return event.kind === "replied" ? <PersonalReplyActions {...reply} /> : <AbsenceActions {...reply} />;
}

function PersonalReplyActions(props: ReplyProps) {
  const { recipient, replyId } = props;
  const { read, record, isBusy, failure, forget, place } = useReply(props);
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
        onClick={() => read(replyId, { reading: "absence" }, "An automatic reply. The sequence goes on.")}
      >
        It’s an automatic reply
      </Button>
      {recipient.propertyId !== null && (
        <Button kind="quiet" icon="people" isDisabled={isBusy} onClick={() => setIsWrong(true)}>
          Wrong person
        </Button>
      )}
      {failure && !isWrong && <FailureNotice failure={failure} />}
      {isWrong && (
        <ConfirmDialog
          title={`Is ${name} the wrong person?`}
          confirm="Wrong person"
          kind="danger"
          isBusy={isBusy}
          failure={failure}
          onConfirm={() => record({ outcome: "wrongPerson" }, "Noted: the wrong person.", close)}
          onClose={close}
        >
          <p>Nobody of your office writes to {name} about this property again. Others here can get emails.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function AbsenceActions(props: ReplyProps) {
  const { event, replyId } = props;
  const { read, isBusy, failure, place } = useReply(props);
  const [isOpen, setIsOpen] = useState(false);
  const formId = useId();
  const save = (awayUntil: string | null) =>
    read(replyId, { reading: "absence", awayUntil }, "Saved. The next email waits until they are back.", () =>
      setIsOpen(false),
    );
  return (
    <div class="reply-actions" ref={place}>
      <Button
        kind="quiet"
        icon="reply"
        isDisabled={isBusy}
        onClick={() => read(replyId, { reading: "reply" }, "A reply. The sequence stops.")}
      >
        A person wrote this
      </Button>
      <Button
        kind="quiet"
        icon="clock"
        isDisabled={isBusy}
        expands={{ id: formId, isOpen }}
        onClick={() => setIsOpen(!isOpen)}
      >
        {event.awayUntil ? "Change the day" : "Say when they’re back"}
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
        <span>Back on</span>
        <input type="date" value={value} onInput={(event) => setValue(event.currentTarget.value)} />
      </label>
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy}>
          Save
        </button>
      </div>
    </form>
  );
}
