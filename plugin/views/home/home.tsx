import { useState } from "preact/hooks";
import type { CampaignSummary } from "../../../shared/campaign.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { usePagedResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, LoadedContent } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import {
  emptyHomePageListTexts,
  type HomePageListStatus,
  homePageListLabels,
  homePageListStatuses,
} from "../../words/home.ts";
import { say } from "../../words/say.ts";
import { CampaignCard } from "../campaigns.tsx";
import { LazyView } from "../lazy-view.tsx";
import { useReplyStyleSheet } from "../reply/style.ts";
import { OpenTaskList } from "../tasks.tsx";
import { AttentionCard } from "./attention.tsx";
import { DigestField } from "./digest.tsx";
import { isLongEnoughToSearch, SearchField, SearchResults } from "./search.tsx";
import { VolumeWarning } from "./volume-warning.tsx";
import { WaitingReplies } from "./waiting-replies.tsx";

const loadListingChecks = () =>
  import("../listing-checks.tsx").then(({ ListingChecksCard: View }) => ({ View }));

const loadInsights = () => import("../insights/insights.tsx").then(({ InsightsView: View }) => ({ View }));

/** Shows the agent's home page or, if the agent has opened Insights, the office's figures. */
export function AgentHomePageView() {
  const { view } = useSession();
  const place = useReplyStyleSheet();
  return (
    <div class="home" ref={place}>
      {view.value.name === "insights" ? (
        <LazyView key="insights" load={loadInsights} props={{}} />
      ) : (
        <HomeStart key="start" />
      )}
    </div>
  );
}

/**
 * Shows the work that waits for the agent, and the campaigns of every property that the agent may
 * see. During a search, shows only the results.
 */
function HomeStart() {
  const { go } = useSession();
  const [text, setText] = useState("");
  return (
    <>
      <ViewHeader title={say("Outreach")}>
        <Button onClick={() => go({ name: "insights" })}>{say("Insights")}</Button>
      </ViewHeader>
      <SearchField text={text} onSearch={setText} />
      {isLongEnoughToSearch(text) ? <SearchResults text={text} /> : <HomeLists />}
    </>
  );
}

function HomeLists() {
  const [status, setStatus] = useState<HomePageListStatus>("active");
  const [changes, setChanges] = useState(0);
  const note = () => setChanges((count) => count + 1);
  return (
    <>
      <VolumeWarning />
      <WaitingReplies />
      <AttentionCard />
      <OpenTaskList isLive onClosed={note} />
      <LazyView load={loadListingChecks} props={{ onAnswered: note }} isQuiet />
      <section>
        <h3 class="group-title">{say("Campaigns")}</h3>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
        <div class="segments" role="group" aria-label={say("Show campaigns that are")}>
          {homePageListStatuses.map((one) => (
            <button
              type="button"
              class="segment"
              aria-pressed={status === one}
              onClick={() => setStatus(one)}
              key={one}
            >
              {homePageListLabels[one]}
            </button>
          ))}
        </div>
        <CampaignsByStatus status={status} key={`${status} ${changes}`} />
      </section>
      <DigestField />
    </>
  );
}

function useCampaignsByStatus(status: HomePageListStatus) {
  const { api } = useSession();
  return usePagedResource<CampaignSummary>(
    `campaigns ${status}`,
    (cursor, limit, signal) => createAgentHomeApi(api).campaignsByStatus(status, cursor, limit, signal),
    () => status === "active",
  );
}

function CampaignsByStatus({ status }: { status: HomePageListStatus }) {
  const campaigns = useCampaignsByStatus(status);
  return (
    <LoadedContent resource={campaigns}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState icon="mail" title={emptyHomePageListTexts[status]}>
            <p class="muted">{say("Open a property to start outreach to its owners.")}</p>
          </EmptyState>
        ) : (
          <>
            <ul class="list">
              {items.map((campaign) => (
                <CampaignCard campaign={campaign} key={campaign.id} />
              ))}
            </ul>
            {nextCursor && <Button onClick={campaigns.showMore}>{say("Show more")}</Button>}
          </>
        )
      }
    </LoadedContent>
  );
}
