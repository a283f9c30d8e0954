import { useState } from "preact/hooks";
import type { PersonalWordingText, RecipientStepWording } from "../../../shared/personal-wording.ts";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { Contact } from "../../host/mapping.ts";
import { toLetterHtml } from "../../session/letter-text.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { say, sayMessage } from "../../words/say.ts";
import { isOnlyAboutApproval, LetterApprovalNote } from "../ask-approval.tsx";
import { LazyView } from "../lazy-view.tsx";

/** Loads the letter editor only when needed, because the editor's libraries are large. */
const loadFields = () => import("../letter/rich-editor.tsx").then(({ RichLetterFields: View }) => ({ View }));

type Props = {
  recipient: CampaignRecipient;
  wording: RecipientStepWording;
  save: (letter: SequenceLetter) => Promise<void>;
  onClose: () => void;
};

/** Returns the host's contact for this recipient; null if the host has no such contact. */
function findContact(contacts: readonly Contact[], { contactKey, email }: CampaignRecipient): Contact | null {
  const byKey = contacts.find((one) => contactKey !== null && one.contactKey === contactKey);
  return byKey ?? contacts.find((one) => email !== null && one.email === email) ?? null;
}

const subjectOf: Readonly<Record<string, string>> = {
  subject: "The subject",
  preheader: "The preview text",
  bodyHtml: "The text",
  bodyText: "The text",
};

/** Returns the parts of the letter to save. A follow-up keeps the subject of its thread. */
export const toPersonalWordingText = (
  { subject, preheader, bodyHtml }: SequenceLetter,
  continuesThread: boolean,
): PersonalWordingText => ({
  ...(continuesThread ? {} : { subject: subject.trim() }),
  preheader,
  bodyHtml,
});

/**
 * Shows the fields that change a coming email for one person. Variables in the text show the
 * person's values.
 */
export function PersonalLetterForm({ recipient, wording, save, onClose }: Props) {
  const { contacts } = useSession();
  const { run, isBusy, failure } = useAction();
  const { subject, preheader, bodyHtml, bodyText, continuesThread } = wording;
  const [letter, setLetter] = useState<SequenceLetter>({
    ...{ subject, preheader, bodyText: "" },
    bodyHtml: bodyHtml === "" ? toLetterHtml(bodyText) : bodyHtml,
  });
  const templates = failure && isOnlyAboutApproval(failure) ? failure : null;
  const faults = Object.entries(failure?.fields ?? {}).flatMap(([field, fault]) => {
    const named = subjectOf[field];
    return named === undefined ? [] : [`${named} ${fault}.`];
  });
  return (
    <div class="letter-form">
      <LazyView
        load={loadFields}
        props={{
          letter,
          hasSubject: !continuesThread,
          isOpenedByButton: true,
          contact: findContact(contacts.value, recipient),
          onChange: setLetter,
        }}
      />
      <p class="fine">
        {continuesThread && `${say("It keeps the previous email’s subject.")} `}
        {say("The footer is added when the email goes out.")}
      </p>
      {faults.map((fault) => (
        <p class="fine missing" role="alert" key={fault}>
          {sayMessage(fault)}
        </p>
      ))}
      <div class="form-actions">
        <Button kind="primary" isBusy={isBusy} onClick={() => run(() => save(letter))}>
          {say("Save for {name}", { name: formatRecipientName(recipient) })}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
      {templates && (
        <LetterApprovalNote
          failure={templates}
          letters={{
            letters: [toPersonalWordingText(letter, continuesThread)],
            name: formatRecipientName(recipient),
          }}
        />
      )}
      {failure && faults.length === 0 && !templates && <FailureNotice failure={failure} />}
    </div>
  );
}
