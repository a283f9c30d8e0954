import { useState } from "preact/hooks";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { SendNowPreview } from "../../../shared/send-now.ts";
import { createRecipientApi } from "../../data/recipient-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { LoadedContent, Note } from "../../ui/feedback.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { say, sayReason } from "../../words/say.ts";
import { HoursOverride } from "../hours-override.tsx";

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/**
 * Asks for confirmation. The text names the recipient, the email, the recipient's local time, and
 * the reason why the email would otherwise wait.
 */
function SendNowQuestion({
  preview,
  ignoresHours,
  onIgnoresHours,
}: {
  preview: SendNowPreview;
  ignoresHours: boolean;
  onIgnoresHours: (ignoresHours: boolean) => void;
}) {
  const { format, tokens } = useSession();
  const { email, position, stepKind, subject, timeZone, hoursOpenAt, hasConditions, hold } = preview;
  const isTask = stepKind === "task";
  return (
    <>
      <dl class="envelope">
        <dt>{say("To")}</dt>
        <dd>{[formatRecipientName(preview), preview.name.trim() && email].filter(Boolean).join(", ")}</dd>
        <dt>
          {isTask ? say("Task") : say("Email")} {position ?? "–"}
        </dt>
        {subject && <dd class="strong">{subject}</dd>}
        {isTask && <dd>{say("You’ll see it as a task")}</dd>}
        <dt>{say("Their time")}</dt>
        <dd>{format.instant(new Date(tokens.now()).toISOString(), timeZone)}</dd>
      </dl>
      {hoursOpenAt && !isTask && (
        <HoursOverride label={say("Send it now anyway")} isChecked={ignoresHours} onChange={onIgnoresHours}>
          {say("It’s outside the sending hours where they live. The email will wait until {time}.", {
            time: format.instant(hoursOpenAt, timeZone),
          })}
        </HoursOverride>
      )}
      {hasConditions && <p class="muted">{say("It goes out even if this step’s conditions aren’t met.")}</p>}
      {hold && (
        <Note tone="warning">
          <p>{`${say("It won’t go out yet.")} ${sayReason(hold.listing, hold.message)}`}</p>
        </Note>
      )}
    </>
  );
}

function SendNowDialog({ recipient, onChange, onClose }: Props & { onClose: () => void }) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [ignoresHours, setIgnoresHours] = useState(false);
  const preview = useResource(`send now ${recipient.id} ${recipient.nextStepNumber}`, ({ api }) => ({
    fetch: (signal) => createRecipientApi(api, recipient.id).previewSendNow(signal),
  }));
  const send = () =>
    run(async () => {
      const { nextStepNumber } = recipient;
      const step = nextStepNumber === null ? {} : { stepNumber: nextStepNumber };
      onChange(await createRecipientApi(api, recipient.id).sendNow({ ...step, ignoresHours }));
      status.value = say("You can undo this for a few seconds.");
      onClose();
    });
  return (
    <ConfirmDialog
      title={say("Send to {name} now?", { name: formatRecipientName(recipient) })}
      confirm={say("Send now")}
      isBusy={isBusy}
      isDisabled={preview.data === undefined}
      failure={failure}
      onConfirm={send}
      onClose={onClose}
    >
      <LoadedContent resource={preview} rows={1}>
        {(loaded) => (
          <SendNowQuestion preview={loaded} ignoresHours={ignoresHours} onIgnoresHours={setIgnoresHours} />
        )}
      </LoadedContent>
    </ConfirmDialog>
  );
}

/** Shows the button that sends a recipient's next step now, after a confirmation. */
export function SendNowButton({ isDisabled, ...props }: Props & { isDisabled: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button icon="send" isDisabled={isDisabled} onClick={() => setIsAsking(true)}>
        {say("Send now")}
      </Button>
      {isAsking && <SendNowDialog {...props} onClose={() => setIsAsking(false)} />}
    </>
  );
}

/** Shows the notice with which the agent can still undo "Send now". */
export function UndoSendNowNotice({ recipient, onChange, onEnd }: Props & { onEnd: () => void }) {
  const { api, status, tokens } = useSession();
  const { id, sendNowRecallUntil } = recipient;
  const spanMs = sendNowRecallUntil === null ? 0 : Date.parse(sendNowRecallUntil) - tokens.now();
  if (spanMs <= 0) return null;
  const undo = async () => {
    onChange(await createRecipientApi(api, id).recallSendNow());
    status.value = say("Undone. The email will go out as planned.");
  };
  const goes = recipient.whyNotYet?.reason === "sendingSoon";
  return (
    <UndoNotice
      key={sendNowRecallUntil}
      spanMs={spanMs}
      text={goes ? say("Goes out in") : say("You can undo “Send now” for another")}
      label={say("Undo")}
      onUndo={undo}
      onEnd={onEnd}
    />
  );
}
