import { useState } from "preact/hooks";
import type { AnalyticsFilterChoice, AnalyticsGrouping } from "../../../shared/office-analytics.ts";
import { findCalendarDay } from "../../session/day-start.ts";
import { useSession } from "../../session/state.ts";
import { useFiguresStyleSheet } from "../../ui/figures-sheet.ts";
import { ViewHeader } from "../../ui/header.tsx";
import { say } from "../../words/say.ts";
import { SelectField } from "./choice.tsx";
import { FiguresPanel } from "./figures.tsx";
import { buildPeriodToToday, findPeriodFault, type Period } from "./period.ts";
import { PeriodPicker } from "./period-picker.tsx";
import { useInsightsStyleSheet } from "./sheet.ts";

/**
 * The agent's choices in this view. `length` is the length of a period that ends today, in days;
 * null if the agent has chosen the first and the last day.
 */
type Chosen = {
  length: number | null;
  period: Period;
  by: AnalyticsGrouping;
  agentId: string;
  sequenceId: string;
};

const chosenKey = "insights-choice";

/**
 * Returns the agent's choices, and a function that changes the choices. The session's cache keeps
 * the choices.
 */
function useChosen(today: string): [Chosen, (change: Partial<Chosen>) => void] {
  const { cache } = useSession();
  const [chosen, setChosen] = useState<Chosen>(
    () =>
      (cache.get(chosenKey) as Chosen | undefined) ?? {
        length: 30,
        period: buildPeriodToToday(30, today),
        by: "day",
        agentId: "",
        sequenceId: "",
      },
  );
  const change = (part: Partial<Chosen>) => {
    const next = { ...chosen, ...part };
    cache.set(chosenKey, next);
    setChosen(next);
  };
  return [chosen, change];
}

type Choices = { agents: readonly AnalyticsFilterChoice[]; sequences: readonly AnalyticsFilterChoice[] };
const noChoices: Choices = { agents: [], sequences: [] };

/**
 * Shows the results of the office's emails in a period, compared with the previous period, and in
 * groups.
 */
export function InsightsView() {
  const { go, tokens } = useSession();
  const place = useInsightsStyleSheet();
  const figures = useFiguresStyleSheet();
  const today = findCalendarDay(tokens.now(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [chosen, change] = useChosen(today);
  const [choices, setChoices] = useState(noChoices);
  const { length, by, agentId, sequenceId } = chosen;
  const period = length === null ? chosen.period : buildPeriodToToday(length, today);
  return (
    <div class="insights" ref={place}>
      <ViewHeader
        title={say("Insights")}
        back={{ label: say("Outreach"), onClick: () => go({ name: "campaigns" }) }}
      />
      <PeriodPicker
        length={length}
        period={period}
        today={today}
        onChoose={(wanted, days) => change({ length: wanted, period: days })}
      />
      <div class="insights-choices">
        <FilterChoice
          label={say("Agent")}
          all={say("Everybody")}
          value={agentId}
          choices={choices.agents}
          onChoose={(id) => change({ agentId: id })}
        />
        <FilterChoice
          label={say("Sequence")}
          all={say("Every sequence")}
          value={sequenceId}
          choices={choices.sequences}
          onChoose={(id) => change({ sequenceId: id })}
        />
      </div>
      <div ref={figures}>
        {findPeriodFault(period) === null && (
          <FiguresPanel
            question={{ ...period, by, agentId: agentId || null, sequenceId: sequenceId || null }}
            onChoices={setChoices}
            onGroup={(wanted) => change({ by: wanted })}
          />
        )}
      </div>
    </div>
  );
}

type FilterProps = {
  label: string;
  all: string;
  value: string;
  choices: readonly AnalyticsFilterChoice[];
  onChoose: (id: string) => void;
};

/**
 * Shows a filter by agent or by sequence. The chosen agent or sequence stays in the list, even if
 * there are no emails of this agent or sequence in the period.
 */
function FilterChoice({ label, all, value, choices, onChoose }: FilterProps) {
  const isListed = value === "" || choices.some(({ id }) => id === value);
  const listed = isListed ? choices : [...choices, { id: value, name: null }];
  const options = listed.map(({ id, name }) => [id, name ?? id] as const);
  return <SelectField label={label} value={value} options={[["", all], ...options]} onChoose={onChoose} />;
}
