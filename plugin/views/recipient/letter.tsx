import { useState } from "preact/hooks";
import type { RecipientStepWording } from "../../../shared/personal-wording.ts";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { RecipientLetter } from "../../../shared/recipient-letter.ts";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { StepEmailKind } from "../../../shared/vocabulary.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { createRecipientApi } from "../../data/recipient-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { EmailFrame } from "../../ui/email-frame.tsx";
import { FailureNotice, LoadedContent, Note } from "../../ui/feedback.tsx";
import { useOpenerFocus } from "../../ui/form-focus.ts";
import { formatRecipientName } from "../../words/recipient.ts";
import { say, sayMessage } from "../../words/say.ts";
import { sayVariableLabel } from "../../words/variable-name.ts";
import { EmailSwitch } from "../email-switch.tsx";
import { PersonalLetterForm, toPersonalWordingText } from "./letter-form.tsx";

type Props = {
  recipient: RecipientDetail;
  stepNumber: number;
  onChange: (recipient: RecipientDetail) => void;
};

/** Shows a note that says whether the letter on the screen is exactly the sent letter. */
function CopyNote({ letter, name }: { letter: RecipientLetter; name: string }) {
  switch (letter.copy) {
    case "asItLeft":
      return <p class="fine">{say("This is the email exactly as it went out.")}</p>;
    case "rebuilt":
      return (
        <Note tone="warning">
          {say(
            "This copy may differ from what {name} got. Something it uses, such as your office’s details, has changed since then.",
            { name },
          )}
        </Note>
      );
    case "none":
      return (
        <Note tone="info">
          {letter.reason ? sayMessage(letter.reason) : say("No copy of this email was kept.")}
        </Note>
      );
    case "asOfNow":
      return letter.missingVariables.length === 0 ? null : (
        <Note tone="warning">
          {say("Missing for {name}: {details}. This email will wait until you fill it in.", {
            name,
            details: letter.missingVariables.map(sayVariableLabel).join(", "),
          })}
        </Note>
      );
  }
}

function ShownLetter({ letter, name }: { letter: RecipientLetter; name: string }) {
  return (
    <div class="preview">
      <CopyNote letter={letter} name={name} />
      <dl class="envelope">
        <dt>{say("From")}</dt>
        <dd>{letter.from}</dd>
        <dt>{say("To")}</dt>
        <dd>{letter.to}</dd>
        <dt>{say("Subject")}</dt>
        <dd class="strong">{letter.subject}</dd>
      </dl>
      {letter.html !== null && (
        <EmailFrame
          html={letter.html}
          text={letter.text ?? ""}
          title={say("Email {stepNumber} to {name}", { stepNumber: letter.position ?? "–", name })}
        />
      )}
    </div>
  );
}

type ChangeProps = Props & { name: string; letter: RecipientLetter; onSaved: () => void };

/** Shows the buttons that change a coming email for this person, and the editor of the email. */
function LetterChange({ recipient, stepNumber, onChange, name, letter, onSaved }: ChangeProps) {
  const email = letter.isElse ? "else" : "first";
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [opened, setOpened] = useState<RecipientStepWording | null>(null);
  const opener = useOpenerFocus(opened !== null);
  const place = letter.position ?? "–";
  const finish = async (said: string) => {
    onChange(await createRecipientActionsApi(api).recipient(recipient.id));
    status.value = said;
    setOpened(null);
    onSaved();
  };
  const save = async (letter: SequenceLetter) => {
    if (opened === null) return;
    const { version, continuesThread } = opened;
    const written = toPersonalWordingText(letter, continuesThread);
    await createRecipientApi(api, recipient.id).changeWording(stepNumber, email, { version, ...written });
    await finish(say("Saved. Email {stepNumber} is changed for {name}.", { stepNumber: place, name }));
  };
  const reset = () =>
    run(async () => {
      const { version } = await createRecipientApi(api, recipient.id).wording(stepNumber, email);
      await createRecipientApi(api, recipient.id).resetWording(stepNumber, email, version);
      await finish(say("Email {stepNumber} matches the campaign again.", { stepNumber: place }));
    });
  const open = () =>
    run(async () => setOpened(await createRecipientApi(api, recipient.id).wording(stepNumber, email)));
  if (opened !== null) {
    return (
      <PersonalLetterForm
        recipient={recipient}
        wording={opened}
        save={save}
        onClose={() => setOpened(null)}
      />
    );
  }
  return (
    <div class="form-actions">
      <Button ref={opener} icon="edit" isBusy={isBusy} onClick={open}>
        {say("Change for {name}", { name })}
      </Button>
      {letter.isPersonal && (
        <Button kind="quiet" isDisabled={isBusy} onClick={reset}>
          {say("Reset")}
        </Button>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}

/** Shows one email of the recipient. The agent can change a coming email for this person. */
export function RecipientLetterView(props: Props) {
  const { recipient, stepNumber } = props;
  const { mayAct } = useSession();
  const [email, setEmail] = useState<StepEmailKind | null>(null);
  const name = formatRecipientName(recipient);
  const loaded = useResource<RecipientLetter>(`letter ${recipient.id} ${stepNumber} ${email}`, ({ api }) => ({
    fetch: (signal) => createRecipientApi(api, recipient.id).letter(stepNumber, email, signal),
  }));
  return (
    <LoadedContent resource={loaded} rows={4}>
      {(letter) => (
        <>
          {letter.hasElse && letter.state === "coming" && (
            <EmailSwitch chosen={letter.isElse ? "else" : "first"} onChoose={setEmail} />
          )}
          {letter.state === "coming" && mayAct() && (
            <LetterChange key={email} {...props} name={name} letter={letter} onSaved={loaded.reload} />
          )}
          <ShownLetter letter={letter} name={name} />
        </>
      )}
    </LoadedContent>
  );
}
