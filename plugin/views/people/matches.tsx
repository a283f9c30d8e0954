import { useEffect, useRef, useState } from "preact/hooks";
import type { RecipientOverview } from "../../../shared/recipient-list.ts";
import type { BulkActionKind } from "../../../shared/vocabulary.ts";
import type { createPeopleApi, PeopleListQuery } from "../../data/people-api.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { PeopleExportButton } from "../../ui/export-button.tsx";
import { formatCount, say } from "../../words/say.ts";
import { BulkActionBar } from "./action-bar.tsx";
import { BulkActionDialog } from "./action-dialog.tsx";
import type { BulkProgress } from "./bulk-run.ts";
import { type BulkUndo, BulkUndoNotice } from "./bulk-undo.tsx";
import { PeopleList } from "./list.tsx";
import type { StepPlace } from "./places.ts";
import { keepListedPeople, selectRange, togglePerson } from "./selection.ts";
import type { usePeople } from "./use-people.ts";

type MatchesProps = {
  people: ReturnType<typeof createPeopleApi>;
  filter: PeopleListQuery;
  list: ReturnType<typeof usePeople>;
  overview: RecipientOverview;
  steps: readonly StepPlace[];
  /** The actions that the agent may take; none if the agent may only look. */
  actions: readonly BulkActionKind[];
  campaignId: number;
};

/** Shows the people who match a filter, the actions on the selected people, and the undo notice. */
export function MatchingPeople({ people, filter, list, overview, steps, actions, campaignId }: MatchesProps) {
  const { cache, status } = useSession();
  const canAct = actions.length > 0;
  const { ids } = overview;
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [dialog, setDialog] = useState<BulkActionKind | null>(null);
  const [undo, setUndo] = useState<BulkUndo | null>(null);
  /**
   * The person at which a range of selected people begins. The person's place in the list changes
   * with the filter.
   */
  const anchor = useRef<number | null>(null);
  useEffect(() => setSelected((before) => keepListedPeople(before, ids)), [ids]);
  const toggle = (index: number, isRange: boolean) => {
    const id = ids[index];
    if (id === undefined) return;
    const from = anchor.current === null ? -1 : ids.indexOf(anchor.current);
    setSelected((before) =>
      isRange && from !== -1 ? selectRange(before, ids, from, index) : togglePerson(before, id),
    );
    if (!isRange || from === -1) anchor.current = id;
  };
  const refresh = () => {
    cache.delete("campaigns");
    cache.delete(`campaign ${campaignId}`);
    list.reload();
  };
  const finish = ({ undoToken, effects }: BulkProgress) => {
    const text = say("Changed: {people}.", { people: formatCount(effects.changed, "person", "people") });
    setDialog(null);
    setSelected(new Set());
    status.value = text;
    setUndo(undoToken === null ? null : { token: undoToken, text });
    refresh();
  };
  const chosen = ids.filter((id) => selected.has(id));
  return (
    <>
      <BulkUndoNotice undo={undo} api={people} onEnd={() => setUndo(null)} onUndone={refresh} />
      <div class="people-bar">
        <span role="status">
          {selected.size > 0
            ? say("{people} selected", { people: formatCount(chosen.length, "person", "people") })
            : formatCount(overview.total, "person", "people")}
        </span>
        <PeopleExportButton campaignId={campaignId} load={() => people.export(filter)} />
        {canAct && chosen.length < ids.length && (
          <Button kind="quiet" onClick={() => setSelected(new Set(ids))}>
            {say("Select all {count}", { count: ids.length })}
          </Button>
        )}
        {selected.size > 0 && (
          <Button kind="quiet" onClick={() => setSelected(new Set())}>
            {say("Clear selection")}
          </Button>
        )}
      </div>
      {canAct && chosen.length > 0 && (
        <BulkActionBar kinds={actions} hasSteps={steps.length > 1} onChoose={setDialog} />
      )}
      {ids.length === 0 ? (
        <p class="muted" role="status">
          {overview.people === 0
            ? say("No one is in this campaign yet.")
            : say("Nobody in this campaign matches.")}
        </p>
      ) : (
        <PeopleList
          key={JSON.stringify(filter)}
          ids={ids}
          rows={list.rows}
          selected={selected}
          isSelectable={canAct}
          onShow={list.show}
          onToggle={toggle}
        />
      )}
      {dialog && (
        <BulkActionDialog
          api={people}
          kind={dialog}
          ids={chosen}
          filter={chosen.length === ids.length ? filter : null}
          steps={steps}
          onDone={finish}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}
