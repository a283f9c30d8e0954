import { useId, useState } from "preact/hooks";
import type { LetterDraft } from "../../shared/personal-wording.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/feedback.tsx";
import { useFirstFieldFocus } from "../ui/form-focus.ts";
import { say, sayMessage } from "../words/say.ts";
import { isOnlyAboutApproval, LetterApprovalNote } from "./ask-approval.tsx";

type Props = {
  name: string;
  draft: LetterDraft;
  /** False if the email continues a thread, because the email then has the thread's subject. */
  hasSubject: boolean;
  save: (written: LetterDraft) => Promise<void>;
  onClose: () => void;
};

/**
 * Returns the fault of one part of the letter. In the Worker's answer, the path of the fault is the
 * part's name, or ends with a dot and the part's name.
 */
function findFault(fields: Readonly<Record<string, string>>, part: string): string | undefined {
  return Object.entries(fields).find(([path]) => path === part || path.endsWith(`.${part}`))?.[1];
}

/** Shows a plain editor for one email to one person. */
export function PlainLetterEditor({ name, draft, hasSubject, save, onClose }: Props) {
  const { run, isBusy, failure } = useAction();
  const [subject, setSubject] = useState(draft.subject);
  const [bodyText, setBodyText] = useState(draft.bodyText);
  const errorId = useId();
  const form = useFirstFieldFocus<HTMLFormElement>();
  const subjectFault = findFault(failure?.fields ?? {}, "subject");
  const bodyFault = findFault(failure?.fields ?? {}, "bodyText");
  const isExplained = subjectFault !== undefined || bodyFault !== undefined;
  const templates = failure && isOnlyAboutApproval(failure) ? failure : null;
  const submit = (event: Event) => {
    event.preventDefault();
    run(() => save({ subject: subject.trim(), bodyText }));
  };
  return (
    <form ref={form} class="fields letter-editor" onSubmit={submit}>
      {hasSubject && (
        <label class="field">
          <span>{say("Subject for {name}", { name })}</span>
          <input
            type="text"
            required
            maxLength={300}
            value={subject}
            aria-invalid={subjectFault ? "true" : undefined}
            aria-describedby={subjectFault ? `${errorId}-subject` : undefined}
            onInput={(event) => setSubject(event.currentTarget.value)}
          />
          {subjectFault && (
            <p id={`${errorId}-subject`} class="fine missing" role="alert">
              {sayMessage(`The subject ${subjectFault}.`)}
            </p>
          )}
        </label>
      )}
      <label class="field">
        <span>{say("Text for {name}", { name })}</span>
        <textarea
          required
          rows={12}
          maxLength={100_000}
          value={bodyText}
          aria-invalid={bodyFault ? "true" : undefined}
          aria-describedby={bodyFault ? `${errorId}-text` : undefined}
          onInput={(event) => setBodyText(event.currentTarget.value)}
        />
        {bodyFault && (
          <p id={`${errorId}-text`} class="fine missing" role="alert">
            {sayMessage(`The text ${bodyFault}.`)}
          </p>
        )}
      </label>
      <p class="fine">
        {!hasSubject && `${say("It keeps the previous email’s subject.")} `}
        {say("The footer is added when the email goes out.")}
      </p>
      <div class="form-actions">
        <button type="submit" class="button primary" aria-busy={isBusy}>
          {say("Save for {name}", { name })}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
      {templates && (
        <LetterApprovalNote
          failure={templates}
          letters={{ letters: [hasSubject ? { subject: subject.trim(), bodyText } : { bodyText }], name }}
        />
      )}
      {failure && !isExplained && !templates && <FailureNotice failure={failure} />}
    </form>
  );
}
