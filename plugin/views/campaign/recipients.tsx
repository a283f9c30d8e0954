import { useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import type { NextEmail } from "../../../shared/next-email.ts";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import type { RecipientStatus } from "../../../shared/vocabulary.ts";
import type { RecipientFilter } from "../../data/api.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { waitForSettledChoice } from "../../data/settled.ts";
import { usePagedResource } from "../../data/use-resource.ts";
import { canTakePeople, getAddingPeopleKey } from "../../session/adding-people.ts";
import { usePersonNews } from "../../session/person-news.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { PeopleExportButton } from "../../ui/export-button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PeopleSearchField } from "../../ui/people-search-field.tsx";
import { SaveFileButton } from "../../ui/save-file-button.tsx";
import {
  describeRecipientStatus,
  formatRecipientName,
  recipientOutcomeLabels,
} from "../../words/recipient.ts";
import { say, translatedTable } from "../../words/say.ts";

/**
 * Returns why a due email has not gone out yet. The line about the campaign's next email, above the
 * list, says more.
 */
function describeDueEmail(next: NextEmail | null, recipientId: number): string {
  if (next?.state === "held") return say("held");
  if (next?.state !== "queued") return say("due now");
  if (next.recipientId === recipientId) return say("goes out next");
  return say("in line after {name}", { name: next.name });
}

type RowProps = { recipient: CampaignRecipient; nextEmail: NextEmail | null };

function RecipientRow({ recipient, nextEmail }: RowProps) {
  const { go, format, tokens } = useSession();
  const { id, campaignId, campaignName, nextStepPosition, nextSendAt, timeZone, snoozedUntil, awayUntil } =
    recipient;
  const name = formatRecipientName(recipient);
  const outcome = recipientOutcomeLabels[recipient.outcome];
  const isDue = nextSendAt !== null && Date.parse(nextSendAt) <= tokens.now();
  const when = nextSendAt && (isDue ? describeDueEmail(nextEmail, id) : format.instant(nextSendAt, timeZone));
  const step = `${recipient.nextStepKind === "task" ? say("Task") : say("Email")} ${nextStepPosition}`;
  const planned = nextStepPosition && when ? `${step} · ${when}` : null;
  const waiting = recipient.taskExpiresAt && say("{step} · waiting for you", { step });
  const away =
    awayUntil &&
    [say("Away until {awayUntil}", { awayUntil: format.calendarDay(awayUntil) }), planned]
      .filter(Boolean)
      .join(" · ");
  const snoozed =
    snoozedUntil &&
    say("Snoozed until {snoozedUntil}", { snoozedUntil: format.instant(snoozedUntil, timeZone) });
  const next = away ?? snoozed ?? waiting ?? planned;
  const open = () => go({ name: "recipient", id, title: name, campaignId, campaignName });
  return (
    <li class="row">
      <div class="row-main">
        <div class="row-head">
          <button type="button" class="card-link" onClick={open}>
            {name}
          </button>
          <Badge tone={outcome.tone} text={say(outcome.text)} />
          {recipient.hasOpenQuestion && <Badge tone="warning" text={say("Saying no?")} />}
        </div>
        <p class="muted cut">{recipient.email ?? say("No email address")}</p>
        <p class="fine">{describeRecipientStatus(recipient) ?? next ?? ""}</p>
      </div>
      <Icon name="next" />
    </li>
  );
}

type Props = {
  campaign: Campaign;
  isRunning: boolean;
};

/**
 * The view shows a search field and a filter for a list with at least this number of recipients.
 */
const searchedFrom = 6;
/** The time in ms without typing after which the view asks the Worker. */
const typingMs = 250;
const everybody: RecipientFilter = { q: null, status: null };
const statusNames = translatedTable<RecipientStatus>({
  active: "Active~one",
  paused: "Paused",
  completed: "Completed~one",
  stopped: "Stopped~one",
  waitingForEmail: "Without an email address",
});

function FilterFields({
  filter,
  onChange,
}: {
  filter: RecipientFilter;
  onChange: (filter: RecipientFilter) => void;
}) {
  return (
    <div class="filters">
      <PeopleSearchField
        text={filter.q ?? ""}
        onSearch={(text) => onChange({ ...filter, q: text.trim() || null })}
      />
      <select
        aria-label={say("Status")}
        value={filter.status ?? ""}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, status: (currentTarget.value || null) as RecipientStatus | null })
        }
      >
        <option value="">{say("All")}</option>
        {Object.entries(statusNames).map(([status, name]) => (
          <option value={status} key={status}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

export function CampaignRecipients({ campaign, isRunning }: Props) {
  const { api, cache, go, mayAct, tokens } = useSession();
  const [filter, setFilter] = useState(everybody);
  const isFiltered = filter.q !== null || filter.status !== null;
  const recipients = usePagedResource<CampaignRecipient>(
    `recipients ${campaign.id} ${isRunning} ${JSON.stringify(filter)}`,
    async (cursor, limit, signal) => {
      if (isFiltered) await waitForSettledChoice(signal, typingMs);
      return createCampaignApi(api).recipients(campaign.id, filter, cursor, limit, signal);
    },
    () => isRunning,
  );
  usePersonNews(recipients.data?.items);
  const { recipients: count } = campaign.counts;
  const open = () => go({ name: "people", id: campaign.id, title: campaign.name });
  const add = () => {
    cache.set(getAddingPeopleKey(campaign.id), true);
    open();
  };
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">{say("Recipients")}</h3>
        {count >= searchedFrom && (
          <Button kind="quiet" onClick={open}>
            {say("See all people")}
          </Button>
        )}
        {mayAct() && canTakePeople(campaign.status) && (
          <Button kind="quiet" onClick={add}>
            {say("Add people…")}
          </Button>
        )}
        {count > 0 && (
          <PeopleExportButton
            campaignId={campaign.id}
            load={() => createCampaignApi(api).exportRecipients(campaign.id, filter)}
          />
        )}
        {campaign.stats.sent > 0 && hasRole(tokens.role(), "teamLead") && (
          <SaveFileButton
            label={say("Compliance records")}
            filename={`compliance-${campaign.id}.csv`}
            done={say("Exported.")}
            load={() => api.request(`/campaigns/${campaign.id}/compliance.csv`, { isFile: true })}
          />
        )}
      </div>
      {count >= searchedFrom && <FilterFields filter={filter} onChange={setFilter} />}
      <LoadedContent resource={recipients} rows={2}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 && isFiltered && (
              <p class="muted" role="status">
                {say("Nobody in this campaign matches.")}
              </p>
            )}
            <ul class="rows">
              {items.map((recipient) => (
                <RecipientRow recipient={recipient} nextEmail={campaign.nextEmail} key={recipient.id} />
              ))}
            </ul>
            {nextCursor && <Button onClick={recipients.showMore}>{say("Show more")}</Button>}
          </>
        )}
      </LoadedContent>
    </section>
  );
}
