import { useId } from "preact/hooks";
import type { SequenceEmailStep } from "../../../shared/sequence.ts";
import type { StepEmailKind as EmailKind } from "../../../shared/vocabulary.ts";
import { say } from "../../words/say.ts";
import { LetterForm } from "./letter.tsx";

/** One email of a step: its letter, and whether the email begins a new thread. */
export type StepEmailContent = Pick<SequenceEmailStep, "startsThread" | "letter">;

type Props = {
  stepId: number;
  email: StepEmailContent;
  /**
   * The subject of the thread that the email may continue; null if no email comes before this
   * email.
   */
  earlierSubject: string | null;
  onChange: (email: StepEmailContent) => void;
};

type FormProps = Props & { kind?: EmailKind };

/** Shows the fields, the versions and the preview of one email of a step. */
export function StepEmailForm({ stepId, email, kind = "first", earlierSubject, onChange }: FormProps) {
  const { letter, startsThread } = email;
  return (
    <>
      {earlierSubject !== null && (
        <label class="field">
          <span>{say("Subject line")}</span>
          <select
            value={startsThread ? "new" : "thread"}
            onChange={({ currentTarget }) =>
              onChange({ letter, startsThread: currentTarget.value === "new" })
            }
          >
            <option value="thread">{say("Continue the previous email’s thread")}</option>
            <option value="new">{say("Start a new thread with its own subject")}</option>
          </select>
        </label>
      )}
      <LetterForm
        letter={letter}
        threadSubject={startsThread ? null : earlierSubject}
        versionsOf={{ stepId, email: kind }}
        onChange={(changed) => onChange({ startsThread, letter: changed })}
      />
    </>
  );
}

/** Shows the form of the email that a person gets if the step's condition does not hold. */
export function ElseEmailForm(props: Props) {
  const titleId = useId();
  return (
    <section class="else-email" data-email="elseEmail" aria-labelledby={titleId}>
      <h5 id={titleId}>{say("Otherwise, this email goes out instead")}</h5>
      <p class="fine">{say("Each person gets one of the two emails, never both.")}</p>
      <StepEmailForm {...props} kind="else" />
    </section>
  );
}
