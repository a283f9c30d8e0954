import { useId, useState } from "preact/hooks";
import type { Consent } from "../../../shared/consent.ts";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { describeConsent } from "../../words/consent.ts";
import { say } from "../../words/say.ts";
import { ConsentForm } from "../consent-form.tsx";

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/** Shows the recipient's recorded consent, and the form that records or replaces the consent. */
export function RecipientConsent({ recipient, onChange }: Props) {
  const { api, format, mayAct, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [isOpen, setIsOpen] = useState(false);
  const formId = useId();
  const { consent } = recipient;
  const hasEnded = recipient.status === "completed" || recipient.status === "stopped";
  const save = (given: Consent) =>
    run(async () => {
      onChange(await createRecipientActionsApi(api).correct(recipient.id, { consent: given }));
      setIsOpen(false);
      status.value = say("Consent recorded.");
    });
  if (!consent && (hasEnded || !mayAct())) return null;
  return (
    <div class="recipient-edit">
      {consent && <p class="fine">{describeConsent(consent, format)}</p>}
      {mayAct() && !hasEnded && (
        <Button icon="check" kind="quiet" expands={{ id: formId, isOpen }} onClick={() => setIsOpen(!isOpen)}>
          {consent ? say("Change consent") : say("Record consent")}
        </Button>
      )}
      {isOpen && (
        <ConsentForm
          id={formId}
          name={consent?.by ?? recipient.name}
          isBusy={isBusy}
          onSave={save}
          onClose={() => setIsOpen(false)}
        />
      )}
      {isOpen && failure && <FailureNotice failure={failure} />}
    </div>
  );
}
