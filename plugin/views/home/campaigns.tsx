import { useLayoutEffect } from "preact/hooks";
import type { OfficeAgent } from "../../../shared/agent.ts";
import type { CampaignSummary } from "../../../shared/campaign.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { usePagedResource } from "../../data/use-resource.ts";
import type { CampaignListFilter } from "../../session/remembered-state.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, LoadedContent } from "../../ui/feedback.tsx";
import { describeFiguresAge } from "../../words/counted-at.ts";
import {
  emptyHomePageListTexts,
  type HomePageListStatus,
  homePageListLabels,
  homePageListStatuses,
} from "../../words/home.ts";
import { say } from "../../words/say.ts";
import { CampaignCard } from "../campaigns.tsx";
import { CampaignFilters } from "./filters.tsx";

const rememberedKey = "campaign-filters";

/**
 * Returns the filters of the list and a function that changes them. The filters are in the view's
 * path. If the agent comes back from another view, the last filters apply again.
 */
function useFilters() {
  const { view, cache } = useSession();
  const shown = view.value.name === "campaigns" ? view.value.filter : {};
  const filter = shown ?? (cache.get(rememberedKey) as CampaignListFilter | undefined) ?? {};
  const setFilter = (next: CampaignListFilter) => {
    const { status, ...others } = next;
    const kept = Object.entries({ ...others, ...(status !== "active" && { status }) });
    const wanted = Object.fromEntries(kept.filter(([, value]) => value));
    cache.set(rememberedKey, wanted);
    view.value = { name: "campaigns", filter: wanted };
  };
  useLayoutEffect(() => {
    if (shown === undefined && Object.keys(filter).length > 0) view.value = { name: "campaigns", filter };
    if (shown !== undefined) cache.set(rememberedKey, shown);
  }, [shown]);
  return { filter, setFilter };
}

type HomeCampaignsProps = { changes: number; agents: readonly OfficeAgent[] | undefined };

/** Lists the campaigns of every property that match the filters, the newest first. */
export function HomeCampaigns({ changes, agents }: HomeCampaignsProps) {
  const { filter, setFilter } = useFilters();
  const status = homePageListStatuses.find((one) => one === filter.status) ?? "active";
  return (
    <section>
      <h3 class="group-title">{say("Campaigns")}</h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div class="segments" role="group" aria-label={say("Show campaigns that are")}>
        {homePageListStatuses.map((one) => (
          <button
            type="button"
            class="segment"
            aria-pressed={status === one}
            onClick={() => setFilter({ ...filter, status: one })}
            key={one}
          >
            {homePageListLabels[one]}
          </button>
        ))}
      </div>
      <CampaignFilters filter={filter} onChange={setFilter} agents={agents} />
      <FilteredCampaigns
        filter={{ ...filter, status }}
        status={status}
        key={JSON.stringify([filter, status, changes])}
      />
    </section>
  );
}

/** Says when the oldest figures of the list were counted, unless all figures are fresh. */
function FiguresAge({ campaigns }: { campaigns: readonly CampaignSummary[] }) {
  const { format, tokens } = useSession();
  const oldest = campaigns.flatMap(({ countedAt }) => countedAt ?? []).toSorted()[0];
  const age = describeFiguresAge(oldest ?? null, tokens.now(), format.clock);
  return age && <p class="fine">{age}</p>;
}

type ListProps = { filter: CampaignListFilter; status: HomePageListStatus };

function FilteredCampaigns({ filter, status }: ListProps) {
  const { api } = useSession();
  const campaigns = usePagedResource<CampaignSummary>(
    `campaigns ${JSON.stringify(filter)}`,
    (cursor, limit, signal) => createAgentHomeApi(api).campaigns(filter, cursor, limit, signal),
    () => status === "active",
  );
  const isFiltered = Boolean(filter.agent ?? filter.sequence ?? filter.property);
  return (
    <LoadedContent resource={campaigns}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState icon="mail" title={emptyHomePageListTexts[status]}>
            {isFiltered ? (
              <p class="muted">{say("Nothing matches these filters.")}</p>
            ) : (
              <p class="muted">{say("Open a property to start outreach to its owners.")}</p>
            )}
          </EmptyState>
        ) : (
          <>
            <FiguresAge campaigns={items} />
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
