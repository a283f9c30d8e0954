import type { RecipientOverview } from "../../../shared/recipient-list.ts";
import {
  type FilterableOutcome,
  filterableOutcomes,
  type RecipientHold,
  type RecipientSort,
  recipientHolds,
} from "../../../shared/vocabulary.ts";
import type { PeopleListQuery } from "../../data/people-api.ts";
import { useSession } from "../../session/state.ts";
import { PeopleSearchField } from "../../ui/people-search-field.tsx";
import { recipientOutcomeLabels } from "../../words/recipient.ts";
import { say, translatedTable } from "../../words/say.ts";

export const recipientHoldTexts = translatedTable<RecipientHold>({
  recipientPaused: "Paused",
  missingVariables: "Paused: a value is missing",
  faultyEmail: "Paused: the email needs a change",
  waitingForEmail: "Without an email address",
  waitingForTask: "Waiting for your task",
  snoozed: "Snoozed",
  needsDecision: "Waiting for your decision",
});

const sortTexts = translatedTable<
  Exclude<RecipientSort, "-added" | "-name" | "-next" | "activity"> | "-activity"
>({
  added: "Order added",
  name: "By name",
  next: "Next email first",
  "-activity": "Latest activity first",
});

type Props = {
  filter: PeopleListQuery;
  overview: RecipientOverview | null;
  onChange: (filter: PeopleListQuery) => void;
};

/**
 * Shows the fields for the search, the filters and the order of the list. Each choice of a filter
 * shows its number of people.
 */
export function PeopleFilters({ filter, overview, onChange }: Props) {
  const { format } = useSession();
  const counted = (text: string, count: number | undefined) =>
    count === undefined ? text : `${text} (${format.number(count)})`;
  const set = (change: Partial<PeopleListQuery>) => onChange({ ...filter, ...change });
  return (
    <div class="people-filters">
      <PeopleSearchField text={filter.q ?? ""} onSearch={(q) => set({ q: q || undefined })} />
      <Choice
        label={say("Outcome")}
        value={filter.outcome ?? ""}
        all={say("All outcomes")}
        options={filterableOutcomes.map((outcome) => [
          outcome,
          counted(say(recipientOutcomeLabels[outcome].text), overview?.outcomes[outcome]),
        ])}
        onChoose={(outcome) => set({ outcome: (outcome || undefined) as FilterableOutcome | undefined })}
      />
      <Choice
        label={say("Waiting")}
        value={filter.heldReason ?? ""}
        all={say("Waiting or not")}
        options={recipientHolds.map((hold) => [
          hold,
          counted(recipientHoldTexts[hold], overview?.holds[hold]),
        ])}
        onChoose={(hold) => set({ heldReason: (hold || undefined) as RecipientHold | undefined })}
      />
      <Choice
        label={say("Order")}
        value={filter.sort}
        all={null}
        options={Object.entries(sortTexts)}
        onChoose={(sort) => set({ sort: sort as RecipientSort })}
      />
      <AddedDays filter={filter} onChange={set} />
    </div>
  );
}

type DaysProps = { filter: PeopleListQuery; onChange: (change: Partial<PeopleListQuery>) => void };

/** Lets the agent choose the days on which people were added, by the agent's own calendar. */
function AddedDays({ filter: { from, to }, onChange }: DaysProps) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const choose = (days: { from: string | undefined; to: string | undefined }) =>
    onChange({ ...days, zone: days.from || days.to ? timeZone : undefined });
  return (
    <details class="more-choices people-days" open={from !== undefined || to !== undefined}>
      <summary>{say("Date added")}</summary>
      <div class="people-day-fields">
        <label class="field">
          <span>{say("First day")}</span>
          <input
            type="date"
            max={to}
            value={from ?? ""}
            onChange={({ currentTarget }) => choose({ from: currentTarget.value || undefined, to })}
          />
        </label>
        <label class="field">
          <span>{say("Last day")}</span>
          <input
            type="date"
            min={from}
            value={to ?? ""}
            onChange={({ currentTarget }) => choose({ from, to: currentTarget.value || undefined })}
          />
        </label>
      </div>
    </details>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  /**
   * The text of the choice that does not filter; null if the agent must choose one of the options.
   */
  all: string | null;
  options: readonly (readonly [value: string, text: string])[];
  onChoose: (value: string) => void;
};

function Choice({ label, value, all, options, onChoose }: ChoiceProps) {
  return (
    <select aria-label={label} value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      {all !== null && <option value="">{all}</option>}
      {options.map(([option, text]) => (
        <option value={option} key={option}>
          {text}
        </option>
      ))}
    </select>
  );
}
