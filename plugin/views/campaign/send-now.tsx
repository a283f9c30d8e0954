import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { limits } from "../../../shared/limits.ts";
import type { CampaignSendNowPreview } from "../../../shared/send-now.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { formatCount, say, sayReason } from "../../words/say.ts";
import { HoursOverride } from "../hours-override.tsx";

type Props = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
};

function SendNowQuestion({
  preview: { recipients, outsideHours, items },
  ignoresHours,
  onIgnoresHours,
}: {
  preview: CampaignSendNowPreview;
  ignoresHours: boolean;
  onIgnoresHours: (ignoresHours: boolean) => void;
}) {
  const { format, tokens } = useSession();
  const now = new Date(tokens.now()).toISOString();
  if (recipients === 0) return <p>{say("No one has an email that can go out now.")}</p>;
  return (
    <>
      <ul class="list">
        {items.map(({ recipientId, subject, position, stepKind, timeZone, hold, ...person }) => (
          <li key={recipientId}>
            <strong>{formatRecipientName(person)}</strong>
            <p class="muted">
              {subject ?? `${stepKind === "task" ? say("Task") : say("Email")} ${position}`}
            </p>
            <p class="fine">
              {say("{time}, their time", { time: format.instant(now, timeZone) })}
              {hold && `. ${say("It won’t go out yet.")} ${sayReason(hold.listing, hold.message)}`}
            </p>
          </li>
        ))}
      </ul>
      {recipients > items.length && (
        <p class="muted">
          {say("And {people}", {
            people: formatCount(recipients - items.length, "more person", "more people"),
          })}
        </p>
      )}
      {outsideHours > 0 && (
        <HoursOverride label={say("Send them now anyway")} isChecked={ignoresHours} onChange={onIgnoresHours}>
          {say("It’s outside the sending hours for {people}. Their emails will wait until sending hours.", {
            people: formatCount(outsideHours, "person", "people"),
          })}
        </HoursOverride>
      )}
      <p class="muted">
        {say("Emails go out even if a step’s conditions aren’t met, at the sender’s pace.")}
      </p>
    </>
  );
}

type DialogProps = { campaign: Campaign; onClose: () => void; onSent: (campaign: Campaign) => void };

function SendNowDialog({ campaign, onClose, onSent }: DialogProps) {
  const { api } = useSession();
  const { run, isBusy, failure } = useAction();
  const [ignoresHours, setIgnoresHours] = useState(false);
  const preview = useResource(`send all now ${campaign.id}`, ({ api }) => ({
    fetch: (signal) => createCampaignApi(api).previewCampaignSendNow(campaign.id, signal),
  }));
  const send = () =>
    run(async () => onSent(await createCampaignApi(api).sendNow(campaign.id, { ignoresHours })));
  const count = preview.data?.recipients;
  return (
    <ConfirmDialog
      title={
        count
          ? say("Send to {name} now?", { name: formatCount(count, "person", "people") })
          : say("Send the next emails now?")
      }
      confirm={say("Send now")}
      isBusy={isBusy}
      isDisabled={!count}
      failure={failure}
      onConfirm={send}
      onClose={onClose}
    >
      <LoadedContent resource={preview} rows={2}>
        {(loaded) => (
          <SendNowQuestion preview={loaded} ignoresHours={ignoresHours} onIgnoresHours={setIgnoresHours} />
        )}
      </LoadedContent>
    </ConfirmDialog>
  );
}

/**
 * The time in ms for which the tab offers to undo "Send now". The value is the server's default.
 */
const recallMs = limits.recallSeconds * 1000;

/**
 * Shows the button that sends the next step to all of the campaign's people now, after a
 * confirmation. The agent can undo the sending.
 */
export function CampaignSendNowButton({ campaign, onChange }: Props) {
  const { api, cache, status } = useSession();
  const [state, setState] = useState<"asking" | "sent" | null>(null);
  const changed = (now: Campaign, said: string) => {
    cache.delete("campaigns");
    onChange(now);
    status.value = said;
  };
  const sent = (now: Campaign) => {
    changed(now, say("Sending now. You can undo this for a few seconds."));
    setState("sent");
  };
  const undo = async () => {
    changed(
      await createCampaignApi(api).recallSendNow(campaign.id),
      say("Undone. The emails will go out as planned."),
    );
    setState(null);
  };
  return (
    <>
      <Button icon="send" onClick={() => setState("asking")}>
        {say("Send now")}
      </Button>
      {state === "asking" && (
        <SendNowDialog campaign={campaign} onClose={() => setState(null)} onSent={sent} />
      )}
      {state === "sent" && (
        <UndoNotice
          spanMs={recallMs}
          text={say("The next emails go out in")}
          label={say("Undo")}
          onUndo={undo}
          onEnd={() => setState(null)}
        />
      )}
    </>
  );
}
