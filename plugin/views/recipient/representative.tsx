import type { RecipientDetail } from "../../../shared/recipient.ts";
import { representativeVariable } from "../../../shared/words/personal-representative.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/** Shows the button that says that a person from a probate filing represents the estate. */
export function RepresentativeButton({ recipient, onChange }: Props) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  if (recipient.whyNotYet?.reason !== "needsRepresentative") return null;
  const confirm = () =>
    run(async () => {
      const templateData = { [representativeVariable]: true };
      onChange(await createRecipientActionsApi(api).correct(recipient.id, { templateData }));
      status.value = say("Noted. Their emails will continue.");
    });
  return (
    <div class="recipient-edit">
      <Button icon="check" isBusy={isBusy} onClick={confirm}>
        {say("They’re the personal representative")}
      </Button>
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
