import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { PeopleApi } from "../../data/people-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { type BulkUndo, BulkUndoNotice } from "./bulk-undo.tsx";
import { type HeldPeople, ValuesForm } from "./values-form.tsx";

/**
 * The most people of whom each gets a field of their own. The others follow once these are saved.
 */
const mostPeopleShown = 20;

/** Loads the people who wait for missing values, and the values that their emails lack. */
async function loadHeld(api: PeopleApi, signal: AbortSignal): Promise<HeldPeople> {
  const { items, overview } = await api.find({ sort: "added", heldReason: "missingVariables" }, signal);
  const ids = overview?.ids.slice(0, limits.recipientsPerAction) ?? [];
  const { items: values } = ids.length === 0 ? { items: [] } : await api.missingValues(ids, signal);
  return { values, people: items.slice(0, mostPeopleShown), total: overview?.total ?? 0 };
}

type Props = {
  api: PeopleApi;
  /** Changes whenever the people who wait may have changed. */
  version: string;
  onChange: () => void;
};

/**
 * Shows the form that fills in the values for which people wait: one text for all of them, or a
 * text for each person. The agent can undo the texts that many people got.
 */
export function HeldValues({ api, version, onChange }: Props) {
  const { status } = useSession();
  const [undo, setUndo] = useState<BulkUndo | null>(null);
  const held = useResource(`held values ${version}`, () => ({
    fetch: (signal) => loadHeld(api, signal),
    shouldPoll: () => false,
  }));
  const refresh = () => {
    held.reload();
    onChange();
  };
  const finish = (token: string | null, text: string) => {
    status.value = text;
    setUndo(token === null ? null : { token, text });
    refresh();
  };
  return (
    <>
      <BulkUndoNotice undo={undo} api={api} onEnd={() => setUndo(null)} onUndone={refresh} />
      <LoadedContent resource={held} rows={1}>
        {(data) => data.values.length > 0 && <ValuesForm {...{ api, data }} onSaved={finish} />}
      </LoadedContent>
    </>
  );
}
