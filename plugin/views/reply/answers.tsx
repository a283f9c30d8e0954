import { useRef, useState } from "preact/hooks";
import type { AgentAnswer } from "../../../shared/answer.ts";
import { limits } from "../../../shared/limits.ts";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { RequestFailure } from "../../data/api.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { generateUuid } from "../../session/launch-idempotency-keys.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { useFirstFieldFocus, useOpenerFocus } from "../../ui/form-focus.ts";
import { answerStatusTexts, formatAnswerLine } from "../../words/reply.ts";
import { say } from "../../words/say.ts";
import { AnswerSnippets } from "./answer-snippets.tsx";
import { useReplyStyleSheet } from "./style.ts";

type Props = { recipient: RecipientDetail; onChange: (recipient: RecipientDetail) => void };

/** Shows the agent's answers to the person, and the form for the next answer. */
export function AgentAnswers({ recipient, onChange }: Props) {
  const { mayAct } = useSession();
  const place = useReplyStyleSheet();
  const { answers, reply, email } = recipient;
  const canAnswer = mayAct() && reply !== null && email !== null;
  if (answers.length === 0 && !canAnswer) return null;
  return (
    <section class="answers" ref={place}>
      {answers.length > 0 && (
        <ul class="list">
          {answers.map((answer) => (
            <SentAnswer answer={answer} key={answer.id} />
          ))}
        </ul>
      )}
      {canAnswer && <AnswerForm recipient={recipient} onChange={onChange} />}
    </section>
  );
}

function SentAnswer({ answer }: { answer: AgentAnswer }) {
  const { format } = useSession();
  const { status, bodyText, failure } = answer;
  return (
    <li class="card answer">
      <p class="muted">{formatAnswerLine(answer, format.date)}</p>
      <p class="answer-words">{bodyText}</p>
      {status !== "sent" && (
        <p class={status === "failed" ? "bad-news" : "fine"}>{failure ?? answerStatusTexts[status]}</p>
      )}
    </li>
  );
}

/**
 * Returns the state of an answer that the agent is writing. The words are kept when the view
 * closes. A repeated request with the same words has the same idempotency key, so that the Worker
 * sends nothing twice.
 */
function useAnswerDraft({ recipient, onChange }: Props) {
  const { api, cache, status } = useSession();
  const action = useAction();
  const place = `answer ${recipient.id}`;
  const [text, setText] = useState(() => String(cache.get(place) ?? ""));
  const key = useRef({ text: "", value: "" });
  const write = (words: string) => {
    cache.set(place, words);
    setText(words);
  };
  const send = (confirmsSuppressed: boolean, done: () => void) =>
    action.run(async () => {
      if (key.current.text !== text) key.current = { text, value: generateUuid() };
      const changed = await createRecipientActionsApi(api).answer(
        recipient.id,
        { bodyText: text, confirmsSuppressed },
        key.current.value,
      );
      key.current = { text: "", value: "" };
      const hasFailed = changed.answers.at(-1)?.status === "failed";
      if (!hasFailed) write("");
      cache.delete("campaigns");
      status.value = say(hasFailed ? "Your answer wasn’t sent." : "Answer sent.");
      onChange(changed);
      if (!hasFailed) done();
    });
  return { ...action, text, write, send };
}

/** Returns the text with the snippet as paragraphs of its own at the place `at`. */
function insertParagraphs(text: string, at: number, snippet: string): string {
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at).trimStart();
  return [before, snippet, after].filter((part) => part !== "").join("\n\n");
}

type AnswerDraft = ReturnType<typeof useAnswerDraft>;

type FieldsProps = {
  recipientId: number;
  draft: AnswerDraft;
  isOpenedByButton: boolean;
  onClose: () => void;
};

function AnswerFields({ recipientId, draft, isOpenedByButton, onClose }: FieldsProps) {
  const { text, write, send, isBusy, failure } = draft;
  const form = useFirstFieldFocus<HTMLDivElement>(isOpenedByButton);
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (snippet: string) => {
    write(insertParagraphs(text, field.current?.selectionEnd ?? text.length, snippet));
    field.current?.focus();
  };
  return (
    <div ref={form} class="answer-form">
      <label class="field">
        <span>{say("Your answer")}</span>
        <textarea
          ref={field}
          rows={6}
          maxLength={limits.answerLength}
          value={text}
          onInput={({ currentTarget }) => write(currentTarget.value)}
        />
      </label>
      <AnswerSnippets recipientId={recipientId} onInsert={insert} />
      <p class="fine">{say("Your name, your office’s details and their email are added below.")}</p>
      <div class="actions">
        <Button
          kind="primary"
          icon="send"
          isBusy={isBusy}
          isDisabled={text.trim() === ""}
          onClick={() => send(false, onClose)}
        >
          {say("Send answer")}
        </Button>
        <Button kind="quiet" isDisabled={isBusy} onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
      {failure && !asksAgain(failure) && <FailureNotice failure={failure} />}
    </div>
  );
}

/**
 * Tells whether the Worker wants a confirmation before the Worker sends the answer, because the
 * person is on the do-not-email list.
 */
const asksAgain = (failure: RequestFailure) => failure.fields.confirmsSuppressed !== undefined;

function AnswerForm(props: Props) {
  const draft = useAnswerDraft(props);
  const { text, send, isBusy, failure, forget } = draft;
  // If the agent has written words earlier, the form is open from the start and does not take the
  // focus.
  const [form, setForm] = useState<"closed" | "kept" | "opened">(text === "" ? "closed" : "kept");
  const opener = useOpenerFocus(form !== "closed");
  const close = () => setForm("closed");
  return (
    <>
      {form === "closed" ? (
        <Button ref={opener} kind="primary" icon="reply" onClick={() => setForm("opened")}>
          {say("Write back")}
        </Button>
      ) : (
        <AnswerFields
          recipientId={props.recipient.id}
          draft={draft}
          isOpenedByButton={form === "opened"}
          onClose={close}
        />
      )}
      {failure && asksAgain(failure) && (
        <ConfirmDialog
          title={say("Answer anyway?")}
          confirm={say("Send answer")}
          kind="primary"
          isBusy={isBusy}
          failure={null}
          onConfirm={() => send(true, close)}
          onClose={forget}
        >
          <p>{failure.message}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
