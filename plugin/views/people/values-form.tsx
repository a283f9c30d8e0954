import { useId, useRef, useState } from "preact/hooks";
import type { MissingValueCount } from "../../../shared/bulk-action.ts";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import type { PeopleApi } from "../../data/people-api.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { OutsideValuesNote } from "../../ui/value-input.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { formatCount, say } from "../../words/say.ts";
import { createUndoToken } from "./bulk-run.ts";
import {
  isUsuallyOwn,
  listValueFields,
  mayBeShared,
  type PlannedFills,
  planFills,
  type TypedValues,
} from "./value-fields.ts";
import { ValueInputs } from "./value-inputs.tsx";

/**
 * The people who wait for missing values, and the values. `people` are the first of them, who may
 * get a field of their own.
 */
export type HeldPeople = { values: MissingValueCount[]; people: CampaignRecipient[]; total: number };

type Props = { api: PeopleApi; data: HeldPeople; onSaved: (undoToken: string | null, text: string) => void };

/** What was filled in so far. `undoToken` undoes the texts that many people got; null for none. */
type Filled = { undoToken: string | null; people: Set<number> };

/**
 * Sends the requests that fill in the typed texts, all with the undo token `token`. Notes in
 * `filled` what is done, so that the caller knows it even if a later request fails.
 */
async function saveFills(
  api: PeopleApi,
  recipients: ReturnType<typeof createRecipientActionsApi>,
  { fills, corrections }: PlannedFills,
  token: string,
  filled: Filled,
): Promise<void> {
  for (const { path, text, ids } of fills) {
    const { undoToken } = await api.act({ kind: "fill", path, text }, ids, token);
    filled.undoToken = undoToken ?? filled.undoToken;
    for (const id of ids) filled.people.add(id);
  }
  for (const [id, patch] of corrections) {
    await recipients.correct(id, patch);
    filled.people.add(id);
  }
}

/**
 * Shows a field for each missing value, or for each person and value, and saves the typed texts.
 */
export function ValuesForm({ api, data: { values, people, total }, onSaved }: Props) {
  const session = useSession();
  const { run, isBusy, failure } = useAction();
  const [typed, setTyped] = useState<TypedValues>({});
  const [token, setToken] = useState(createUndoToken);
  /** The values for which the agent has switched between one field and a field for each person. */
  const [switched, setSwitched] = useState<ReadonlySet<string>>(new Set());
  const section = useRef<HTMLElement>(null);
  const titleId = useId();
  const names = new Map(people.map((person) => [person.id, formatRecipientName(person)]));
  const shown = new Set(names.keys());
  const fillable = values
    .filter(({ scope }) => scope !== "office")
    .map((value) => {
      const isChosen = isUsuallyOwn(value) !== switched.has(value.path);
      const isSeparate = !mayBeShared(value) || isChosen || value.people === 1;
      return { value, isSeparate, fields: listValueFields(value, isSeparate, shown) };
    });
  const others = values.filter(({ scope }) => scope === "office");
  const plan = planFills(fillable, typed);
  const isEmpty = plan.fills.length === 0 && plan.corrections.size === 0;
  const save = (event: Event) => {
    event.preventDefault();
    if (isEmpty) return;
    run(async () => {
      const filled: Filled = { undoToken: null, people: new Set() };
      const tell = () => {
        const count = formatCount(filled.people.size, "person", "people");
        onSaved(filled.undoToken, say("Filled in for {people}.", { people: count }));
      };
      try {
        await saveFills(api, createRecipientActionsApi(session.api), plan, token, filled);
      } catch (error) {
        // The form keeps the texts for another try, and the agent can undo what was filled in.
        if (filled.people.size > 0) tell();
        throw error;
      }
      setTyped({});
      setToken(createUndoToken());
      // The form may disappear with the focused button, so the view's heading gets the focus.
      const root = section.current?.getRootNode();
      if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(".view-header h2")?.focus();
      tell();
    });
  };
  const change = (path: string) => {
    const next = new Set(switched);
    if (!next.delete(path)) next.add(path);
    setSwitched(next);
    // Drops the texts of the fields that disappear, so that nobody gets these texts.
    const gone = fillable.flatMap(({ value, fields }) => (value.path === path ? fields : []));
    const dropped = new Set(gone.map(({ key }) => key));
    setTyped(Object.fromEntries(Object.entries(typed).filter(([key]) => !dropped.has(key))));
  };
  return (
    <section ref={section} aria-labelledby={titleId}>
      <h3 id={titleId} class="group-title">
        {say("Missing details")}
      </h3>
      <p class="fine">
        {say("{people} waiting for these details. Their emails continue once they’re filled in.", {
          people: formatCount(total, "person is", "people are"),
        })}
      </p>
      <form class="fields" onSubmit={save}>
        {fillable.map(({ value, isSeparate, fields }) => (
          <ValueInputs
            key={value.path}
            {...{ value, isSeparate, fields, names, typed }}
            onType={(key, text) => setTyped({ ...typed, [key]: text })}
            onSwitch={() => change(value.path)}
          />
        ))}
        {fillable.length > 0 && (
          <div class="form-actions">
            <button type="submit" class="button secondary" aria-disabled={isEmpty} aria-busy={isBusy}>
              {say("Save details")}
            </button>
          </div>
        )}
        {failure && <FailureNotice failure={failure} />}
      </form>
      <OutsideValuesNote details={others.map(({ label }) => label).join(", ")} />
    </section>
  );
}
