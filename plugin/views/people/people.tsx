import { useMemo, useRef, useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import type { RecipientOverview } from "../../../shared/recipient-list.ts";
import { createCampaignApi } from "../../data/campaign-api.ts";
import { createPeopleApi, type PeopleListQuery } from "../../data/people-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { canTakePeople, getAddingPeopleKey } from "../../session/adding-people.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { createStyleSheetHook } from "../../style/late-sheet.ts";
import sheet from "../../style/people.css?inline";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent, Skeleton } from "../../ui/feedback.tsx";
import { LabeledCounts } from "../../ui/figures.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { formatCount, say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { listAllowedBulkActions } from "./action-bar.tsx";
import { PeopleFilters } from "./filters.tsx";
import { MatchingPeople } from "./matches.tsx";
import { listStepPlaces } from "./places.ts";
import { NextStepCounts } from "./step-counts.tsx";
import { usePeople } from "./use-people.ts";

const useSheet = createStyleSheetHook(sheet);
const everybody: PeopleListQuery = { sort: "added" };

/** Loads the view that adds people, on first use. */
const loadAdding = () => import("../add-people/add-people.tsx").then(({ AddPeopleView: View }) => ({ View }));

/** Loads the form for missing values, which most campaigns never need. */
const loadHeldValues = () => import("./held-values.tsx").then(({ HeldValues: View }) => ({ View }));

type Props = { id: number; title: string };

/** Shows all people of a campaign, or the view that adds people to the campaign. */
export function PeopleView({ id, title }: Props) {
  const { api, cache } = useSession();
  const campaign = useResource(`campaign ${id}`, () => ({
    fetch: (signal) => createCampaignApi(api).campaign(id, signal),
    shouldPoll: () => false,
  }));
  // A host may unmount the tab while the agent adds people. Therefore the session's cache remembers
  // which view was open.
  const [isAdding, setIsAdding] = useState(cache.has(getAddingPeopleKey(id)));
  const setAdding = (isOpen: boolean) => {
    if (isOpen) cache.set(getAddingPeopleKey(id), true);
    else cache.delete(getAddingPeopleKey(id));
    setIsAdding(isOpen);
  };
  if (!isAdding) {
    return <ListView id={id} title={title} campaign={campaign.data} onAdd={() => setAdding(true)} />;
  }
  return (
    <LoadedContent resource={campaign}>
      {(data) => <LazyView load={loadAdding} props={{ campaign: data, onClose: () => setAdding(false) }} />}
    </LoadedContent>
  );
}

type ListProps = Props & { campaign: Campaign | undefined; onAdd: () => void };

/**
 * Shows all people of a campaign. The agent can search, filter, sort and select people, and act on
 * all selected people together.
 */
function ListView({ id, title, campaign, onAdd }: ListProps) {
  const ref = useSheet();
  const { api, cache, go, tokens } = useSession();
  const people = useMemo(() => createPeopleApi(api, id), [api, id]);
  const [filter, setFilter] = useState(everybody);
  const isRunning = campaign?.status === "active";
  const list = usePeople(people, filter, isRunning);
  const mayAct = hasRole(tokens.role(), "agent");
  const steps = listStepPlaces(campaign);
  const { overview, failure } = list;
  const held = overview?.holds.missingVariables ?? 0;
  // The form stays once the last value is filled in, because the agent can still undo that.
  const hadHeld = useRef(false);
  hadHeld.current ||= held > 0;
  const refresh = () => {
    for (const key of ["campaigns", `campaign ${id}`, "attention"]) cache.delete(key);
    list.reload();
  };
  return (
    <div ref={ref}>
      <ViewHeader
        title={say("People")}
        detail={overview && formatCount(overview.people, "recipient")}
        back={{ label: campaign?.name ?? title, onClick: () => go({ name: "campaign", id, title }) }}
      >
        {mayAct && campaign !== undefined && canTakePeople(campaign.status) && (
          <Button icon="plus" onClick={onAdd}>
            {say("Add people…")}
          </Button>
        )}
      </ViewHeader>
      {hadHeld.current && mayAct && listAllowedBulkActions(campaign?.status).includes("fill") && (
        <LazyView
          load={loadHeldValues}
          props={{ api: people, version: `${id} ${held}`, onChange: refresh }}
          isQuiet
        />
      )}
      {overview && <OutcomeFigures overview={overview} />}
      {overview && (
        <NextStepCounts
          steps={steps}
          overview={overview}
          chosen={filter.step}
          onChoose={(step) => setFilter({ ...filter, step })}
        />
      )}
      <PeopleFilters filter={filter} overview={overview} onChange={setFilter} />
      {failure && failure.code !== "sessionEnded" && (
        <FailureNotice failure={failure} onRetry={list.reload} />
      )}
      {overview === null ? (
        !failure && <Skeleton rows={5} />
      ) : (
        <MatchingPeople
          {...{ people, filter, list, overview, steps, campaignId: id }}
          actions={mayAct ? listAllowedBulkActions(campaign?.status) : []}
        />
      )}
    </div>
  );
}

function OutcomeFigures({ overview: { outcomes } }: { overview: RecipientOverview }) {
  const reached = outcomes.opened + outcomes.clicked;
  return (
    <LabeledCounts
      size="large"
      figures={[
        { label: say("Not sent yet"), value: outcomes.pending },
        { label: say("Replied~many"), value: outcomes.replied, isGood: true },
        { label: say("Opened~many"), value: reached },
        { label: say("Bounced~many"), value: outcomes.bounced },
      ]}
    />
  );
}
