import type { CampaignSummary } from "../../shared/campaign.ts";
import { usePagedResource } from "../data/use-resource.ts";
import { homePagePropertyId, useSession } from "../session/state.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState, LoadedContent } from "../ui/feedback.tsx";
import { LabeledCounts } from "../ui/figures.tsx";
import { ViewHeader } from "../ui/header.tsx";
import { formatCount, say } from "../words/say.ts";
import { campaignStatusLabels, isUnfinishedCampaign } from "../words/words.ts";
import { NextEmail } from "./campaign/next-email.tsx";
import { LazyView } from "./lazy-view.tsx";
import { OpenTaskList } from "./tasks.tsx";

function useCampaigns() {
  const { api, propertyId } = useSession();
  return usePagedResource<CampaignSummary>(
    "campaigns",
    (cursor, limit, signal) => api.campaigns(propertyId, cursor, limit, signal),
    (items) => items.some(({ status }) => status === "active"),
  );
}

/**
 * Returns the greatest number of emails that the campaign can send. Recipients without an email
 * address don't count.
 */
const countPossibleEmails = ({ emailCount, counts }: CampaignSummary) =>
  emailCount * (counts.recipients - counts.waitingForEmail);

function Progress({ campaign }: { campaign: CampaignSummary }) {
  const possible = countPossibleEmails(campaign);
  const { sent } = campaign.stats;
  if (!isUnfinishedCampaign(campaign) || possible === 0) return null;
  const text = say("{sent} of {emails} sent", { sent, emails: formatCount(possible, "email") });
  return <progress class="progress" value={sent} max={possible} aria-label={text} title={text} />;
}

function formatLaunchLine(campaign: CampaignSummary, isHome: boolean, day: (iso: string) => string): string {
  const { counts, launchedAt, createdBy, address } = campaign;
  const parts = [formatCount(counts.recipients, "recipient")];
  if (isHome && address) parts.unshift(address);
  if (launchedAt) parts.push(say("since {launchedAt}", { launchedAt: day(launchedAt) }));
  if (createdBy.name !== null) parts.push(say("by {name}", { name: createdBy.name }));
  return parts.join(" · ");
}

/**
 * Shows a campaign as a card of a list. On the agent's home page, the card also names the property.
 */
export function CampaignCard({ campaign }: { campaign: CampaignSummary }) {
  const { go, format, propertyId } = useSession();
  const { launchedAt, stats } = campaign;
  const { sent, opened, clicked, replied, bounced } = stats;
  const label = campaignStatusLabels[campaign.status];
  const figures = [
    { label: say("Sent"), value: sent },
    { label: say("Opened"), value: opened },
    { label: say("Clicked"), value: clicked },
    { label: say("Replied"), value: replied, isGood: true },
    ...(bounced > 0 ? [{ label: say("Bounced"), value: bounced }] : []),
  ];
  return (
    <li class="card campaign-card">
      <div class="card-head">
        <h3>
          <button
            type="button"
            class="card-link"
            onClick={() => go({ name: "campaign", id: campaign.id, title: campaign.name })}
          >
            {campaign.name}
          </button>
        </h3>
        <Badge tone={label.tone} text={say(label.text)} />
      </div>
      <p class="muted">{formatLaunchLine(campaign, propertyId === homePagePropertyId, format.date)}</p>
      {campaign.openQuestions > 0 && (
        <p>
          <Badge
            tone="warning"
            text={formatCount(campaign.openQuestions, "reply needs your answer", "replies need your answer")}
          />
        </p>
      )}
      <NextEmail campaign={campaign} />
      {launchedAt !== null && (
        <>
          <Progress campaign={campaign} />
          <LabeledCounts figures={figures} />
        </>
      )}
    </li>
  );
}

function CampaignGroup({ title, campaigns }: { title: string; campaigns: CampaignSummary[] }) {
  if (campaigns.length === 0) return null;
  return (
    <section>
      <h3 class="group-title">{title}</h3>
      <ul class="list">
        {campaigns.map((campaign) => (
          <CampaignCard campaign={campaign} key={campaign.id} />
        ))}
      </ul>
    </section>
  );
}

const loadReadySequences = () =>
  import("./ready-sequences.tsx").then(({ ReadySequences: View }) => ({ View }));

function NoCampaigns() {
  const { mayAct } = useSession();
  return (
    <>
      <EmptyState icon="mail" title={say("No campaigns yet")}>
        <p class="muted">{say("Choose a sequence. It stops when anyone replies.")}</p>
      </EmptyState>
      {mayAct() && <LazyView load={loadReadySequences} props={{}} />}
    </>
  );
}

const loadListingChecks = () =>
  import("./listing-checks.tsx").then(({ ListingChecksCard: View }) => ({ View }));

export function CampaignsView() {
  const { go, mayAct } = useSession();
  const campaigns = useCampaigns();
  const items = campaigns.data?.items ?? [];
  const drafts = items.filter(({ status }) => status === "draft");
  const running = items.filter((one) => isUnfinishedCampaign(one) && one.status !== "draft");
  return (
    <>
      <ViewHeader title={say("Campaigns")}>
        {items.length > 0 && mayAct() && (
          <Button kind="primary" icon="plus" onClick={() => go({ name: "launch" })}>
            {say("New outreach")}
          </Button>
        )}
      </ViewHeader>
      <LoadedContent resource={campaigns}>
        {({ items: all, nextCursor }) =>
          all.length === 0 ? (
            <NoCampaigns />
          ) : (
            <>
              <OpenTaskList
                isLive={all.some(({ status }) => status === "active")}
                onClosed={campaigns.reload}
              />
              <LazyView load={loadListingChecks} props={{ onAnswered: campaigns.reload }} isQuiet />
              <CampaignGroup title={say("Running")} campaigns={running} />
              <CampaignGroup title={say("Drafts")} campaigns={drafts} />
              <CampaignGroup
                title={say("Finished")}
                campaigns={all.filter((one) => !isUnfinishedCampaign(one))}
              />
              {nextCursor && <Button onClick={campaigns.showMore}>{say("Show more")}</Button>}
            </>
          )
        }
      </LoadedContent>
    </>
  );
}
