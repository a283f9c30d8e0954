import type { CampaignRecipient } from "../../../shared/recipient.ts";
import { usePagedResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import {
  describeRecipientStatus,
  formatRecipientName,
  recipientOutcomeLabels,
} from "../../words/recipient.ts";

function RecipientRow({ recipient }: { recipient: CampaignRecipient }) {
  const { go, format, tokens } = useSession();
  const { id, campaignId, campaignName, nextStepNumber, nextSendAt, timeZone, snoozedUntil, awayUntil } =
    recipient;
  const name = formatRecipientName(recipient);
  const isDue = nextSendAt !== null && Date.parse(nextSendAt) <= tokens.now();
  const when = nextSendAt && (isDue ? "due now" : format.instant(nextSendAt, timeZone));
  const step = `${recipient.nextStepKind === "task" ? "Task" : "Email"} ${nextStepNumber}`;
  const planned = nextStepNumber && when ? `${step} · ${when}` : null;
  const waiting = recipient.taskExpiresAt && `${step} · waits for you`;
  const away =
    awayUntil && [`Away until ${format.calendarDay(awayUntil)}`, planned].filter(Boolean).join(" · ");
  const snoozed = snoozedUntil && `Snoozed until ${format.instant(snoozedUntil, timeZone)}`;
  const next = away ?? snoozed ?? waiting ?? planned;
  const open = () => go({ name: "recipient", id, title: name, campaignId, campaignName });
  return (
    <li class="row">
      <div class="row-main">
        <div class="row-head">
          <button type="button" class="card-link" onClick={open}>
            {name}
          </button>
          <Badge {...recipientOutcomeLabels[recipient.outcome]} />
          {recipient.hasOpenQuestion && <Badge tone="warning" text="Saying no?" />}
        </div>
        <p class="muted cut">{recipient.email ?? "No email address"}</p>
        <p class="fine">{describeRecipientStatus(recipient) ?? next ?? ""}</p>
      </div>
      <Icon name="next" />
    </li>
  );
}

type Props = {
  campaignId: number;
  isRunning: boolean;
};

export function CampaignRecipients({ campaignId, isRunning }: Props) {
  const { api } = useSession();
  const recipients = usePagedResource<CampaignRecipient>(
    `recipients ${campaignId} ${isRunning}`,
    (cursor, limit, signal) => api.recipients(campaignId, cursor, limit, signal),
    () => isRunning,
  );
  return (
    <section>
      <h3 class="group-title">Recipients</h3>
      <LoadedContent resource={recipients} rows={2}>
        {({ items, nextCursor }) => (
          <>
            <ul class="rows">
              {items.map((recipient) => (
                <RecipientRow recipient={recipient} key={recipient.id} />
              ))}
            </ul>
            {nextCursor && <Button onClick={recipients.showMore}>Show more</Button>}
          </>
        )}
      </LoadedContent>
    </section>
  );
}
