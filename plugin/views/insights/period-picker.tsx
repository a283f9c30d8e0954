import { formatCount, say } from "../../words/say.ts";
import { buildPeriodToToday, findPeriodFault, type Period, periodLengths } from "./period.ts";

type Props = {
  /**
   * The length of a period that ends today, in days; null if the agent has chosen the first and the
   * last day.
   */
  length: number | null;
  period: Period;
  today: string;
  onChoose: (length: number | null, period: Period) => void;
};

/**
 * Shows the fields in which the agent chooses the period: a length up to today, or a first and a
 * last day.
 */
export function PeriodPicker({ length, period, today, onChoose }: Props) {
  const fault = findPeriodFault(period);
  const setDay = (change: Partial<Period>) => onChoose(null, { ...period, ...change });
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div class="segments" role="group" aria-label={say("Days")}>
        {periodLengths.map((days) => (
          <button
            type="button"
            class="segment"
            aria-pressed={length === days}
            onClick={() => onChoose(days, buildPeriodToToday(days, today))}
            key={days}
          >
            {say("Last {days}", { days: formatCount(days, "day") })}
          </button>
        ))}
        <button
          type="button"
          class="segment"
          aria-pressed={length === null}
          onClick={() => onChoose(null, period)}
        >
          {say("Choose days")}
        </button>
      </div>
      {length === null && (
        <div class="insights-choices">
          <DayField
            label={say("First day")}
            day={period.from}
            latest={today}
            onChange={(from) => setDay({ from })}
          />
          <DayField
            label={say("Last day")}
            day={period.to}
            latest={today}
            onChange={(to) => setDay({ to })}
          />
        </div>
      )}
      {fault && (
        <p class="fine bad-news" role="alert">
          {say(fault)}
        </p>
      )}
    </>
  );
}

type FieldProps = { label: string; day: string; latest: string; onChange: (day: string) => void };

function DayField({ label, day, latest, onChange }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="date"
        value={day}
        max={latest}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
