import { useId, useState } from "preact/hooks";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { createRecipientApi } from "../../data/recipient-api.ts";
import { useSession } from "../../session/state.ts";
import type { ActionState } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount, say } from "../../words/say.ts";

const choices = [3, 7, 30];

type Props = {
  recipient: RecipientDetail;
  isBusy: boolean;
  run: ActionState["run"];
  onChange: (recipient: RecipientDetail) => void;
};

/**
 * Shows the button that postpones a recipient's next email by some days, or ends the postponement.
 */
export function SnoozeButton({ recipient, isBusy, run, onChange }: Props) {
  const { api, format, status } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const choicesId = useId();
  const end = () =>
    run(async () => {
      onChange(await createRecipientActionsApi(api).act(recipient.id, "resume"));
      status.value = say("Snooze ended.");
    });
  const snooze = (days: number) =>
    run(async () => {
      const changed = await createRecipientApi(api, recipient.id).snooze(days);
      onChange(changed);
      setIsOpen(false);
      if (changed.snoozedUntil)
        status.value = `${say("Snoozed until {snoozedUntil}", { snoozedUntil: format.instant(changed.snoozedUntil) })}.`;
    });
  const isSnoozed = recipient.snoozedUntil !== null;
  return (
    <>
      <Button
        icon="clock"
        isDisabled={isBusy}
        {...(isSnoozed ? {} : { expands: { id: choicesId, isOpen } })}
        onClick={isSnoozed ? end : () => setIsOpen(!isOpen)}
      >
        {isSnoozed ? say("End snooze") : say("Snooze")}
      </Button>
      {isOpen && !isSnoozed && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
        <div class="choices" role="group" aria-label={say("Snooze for")} id={choicesId}>
          {choices.map((days) => (
            <Button key={days} kind="quiet" isDisabled={isBusy} onClick={() => snooze(days)}>
              {formatCount(days, "day")}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
