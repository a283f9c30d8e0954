import { useState } from "preact/hooks";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { useReplyStyleSheet } from "../reply/style.ts";
import { OpenTaskList } from "../tasks.tsx";
import { AgentPauses, type OfficeAgents, useOfficeAgents } from "./agent-pauses.tsx";
import { AttentionCard } from "./attention.tsx";
import { HomeCampaigns } from "./campaigns.tsx";
import { DigestField } from "./digest.tsx";
import { isLongEnoughToSearch, SearchField, SearchResults } from "./search.tsx";
import { VolumeWarning } from "./volume-warning.tsx";
import { WaitingReplies } from "./waiting-replies.tsx";

const loadListingChecks = () =>
  import("../listing-checks.tsx").then(({ ListingChecksCard: View }) => ({ View }));

const loadProposals = () =>
  import("./start-proposals.tsx").then(({ StartProposalsCard: View }) => ({ View }));

const loadOwners = () => import("../owners/owners.tsx").then(({ OwnersView: View }) => ({ View }));
const loadInsights = () => import("../insights/insights.tsx").then(({ InsightsView: View }) => ({ View }));

/**
 * Shows the agent's home page or, if the agent has opened one of its other views, the office's
 * figures or the launch to the owners of many properties.
 */
export function AgentHomePageView() {
  const { view } = useSession();
  const place = useReplyStyleSheet();
  return (
    <div class="home" ref={place}>
      {view.value.name === "insights" ? (
        <LazyView key="insights" load={loadInsights} props={{}} />
      ) : view.value.name === "owners" ? (
        <LazyView key="owners" load={loadOwners} props={{}} />
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
  const { go, mayAct, view } = useSession();
  const [text, setText] = useState("");
  const agents = useOfficeAgents();
  return (
    <>
      <AgentPauses agents={agents} />
      <ViewHeader title={say("Outreach")}>
        {mayAct() && (
          <Button icon="plus" onClick={() => go({ name: "owners" })}>
            {say("Write to many owners")}
          </Button>
        )}
        <Button onClick={() => go({ name: "insights" })}>{say("Insights")}</Button>
      </ViewHeader>
      <SearchField text={text} onSearch={setText} />
      {isLongEnoughToSearch(text) ? (
        <SearchResults
          text={text}
          onFilter={(property) => {
            view.value = { name: "campaigns", filter: { property } };
            setText("");
          }}
        />
      ) : (
        <HomeLists agents={agents} />
      )}
    </>
  );
}

function HomeLists({ agents }: { agents: OfficeAgents }) {
  const [changes, setChanges] = useState(0);
  const note = () => setChanges((count) => count + 1);
  return (
    <>
      <VolumeWarning />
      <WaitingReplies />
      <LazyView load={loadProposals} props={{ onStarted: note }} isQuiet />
      <AttentionCard />
      <OpenTaskList isLive onClosed={note} />
      <LazyView load={loadListingChecks} props={{ onAnswered: note }} isQuiet />
      <HomeCampaigns changes={changes} agents={agents.data?.items} />
      <DigestField />
    </>
  );
}
