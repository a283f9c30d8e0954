import { useId, useState } from "preact/hooks";
import type { RecipientDetail, RecipientEmail } from "../../../shared/recipient.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";

const loadLetter = () => import("./letter.tsx").then(({ RecipientLetterView: View }) => ({ View }));

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/**
 * The number that identifies an email's step, and the step's position in the sequence. The view
 * shows the position, which is null if the step was removed.
 */
type ShownStep = Pick<RecipientEmail, "stepNumber" | "position">;

/**
 * Shows the button that shows and hides one email of the recipient. The email appears below the
 * button.
 */
export function LetterToggle({ email, ...of }: Props & { email: ShownStep }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const stepNumber = email.position ?? "–";
  return (
    <>
      <Button
        kind="quiet"
        icon="mail"
        expands={{ id, isOpen }}
        label={
          isOpen
            ? say("Close email {stepNumber}", { stepNumber })
            : say("Read email {stepNumber}", { stepNumber })
        }
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? say("Close email") : say("Read email")}
      </Button>
      {isOpen && (
        <div id={id}>
          <LazyView load={loadLetter} props={{ ...of, stepNumber: email.stepNumber }} />
        </div>
      )}
    </>
  );
}

/** Shows the mark for an email that an agent has changed for this person. */
export function ChangedMark({ name }: { name: string }) {
  return (
    <p class="fine changed-mark">
      <Icon name="edit" /> {say("Changed for {name}", { name })}
    </p>
  );
}

function ComingEmail({ email, ...of }: Props & { email: RecipientEmail }) {
  const { position, subject, isPersonal } = email;
  return (
    <li class="step">
      <span class="step-number" aria-hidden="true">
        {position ?? "–"}
      </span>
      <div class="step-body">
        <h4>
          <span class="unseen">{say("Email {stepNumber}:", { stepNumber: position ?? "–" })} </span>
          {subject}
        </h4>
        {isPersonal && <ChangedMark name={formatRecipientName(of.recipient)} />}
        <LetterToggle email={email} {...of} />
      </div>
    </li>
  );
}

/** Shows the emails that the recipient will still get. */
export function ComingEmails(of: Props) {
  const coming = of.recipient.emails.filter(({ state }) => state === "coming");
  if (coming.length === 0) return null;
  return (
    <section>
      <h3 class="group-title">{say("Still to come")}</h3>
      <ol class="steps">
        {coming.map((email) => (
          <ComingEmail key={email.stepNumber} email={email} {...of} />
        ))}
      </ol>
    </section>
  );
}
