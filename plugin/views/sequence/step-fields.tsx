import { limits } from "../../../shared/limits.ts";
import type { SequenceStep } from "../../../shared/sequence.ts";
import {
  buildConditions,
  type ConditionChoice,
  conditionChoices,
  findConditionChoice,
} from "../../session/sequence-steps.ts";
import { useSession } from "../../session/state.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { describeConditions } from "../../words/condition.ts";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say } from "../../words/say.ts";
import { conditionTexts, failedConditionTexts } from "../../words/sequence.ts";
import { describeDaysOfWeek } from "../../words/timing.ts";

type Props<Step> = { step: Step; onChange: (step: Step) => void };

const units: Readonly<Record<Unit, { text: PlainPhrase; most: number }>> = {
  delayDays: { text: "days", most: limits.delayDays },
  delayHours: { text: "hours", most: limits.delayHours },
  delayBusinessDays: { text: "business days", most: limits.delayBusinessDays },
};
type Unit = "delayDays" | "delayHours" | "delayBusinessDays";

const findUnit = ({ delayDays, delayHours, delayBusinessDays }: SequenceStep): Unit => {
  if (delayBusinessDays > 0) return "delayBusinessDays";
  return delayHours > 0 && delayDays === 0 ? "delayHours" : "delayDays";
};

const dayChoices = [[1], [2], [3], [4], [5], [6], [7], [1, 2, 3, 4, 5], [6, 7]];

/**
 * Returns the sets of weekdays that the field offers. Adds the step's own weekdays if they came
 * from the API and are not among the offered sets.
 */
const listDayChoices = (own: readonly number[] | undefined): (readonly number[])[] =>
  own === undefined || dayChoices.some((days) => days.join() === own.join())
    ? dayChoices
    : [...dayChoices, own];

/**
 * Returns the step with the chosen weekdays. A follow-up without a wait gets a wait of one day,
 * because otherwise two steps for Tuesday would go out on the same Tuesday.
 */
function withWeekdays(step: SequenceStep, value: string, isFirst: boolean): SequenceStep {
  const { weekdays: _, ...anyDay } = step;
  if (value === "") return anyDay;
  const hasWait = step.delayDays + step.delayHours + step.delayBusinessDays > 0;
  return {
    ...anyDay,
    ...(isFirst || hasWait ? {} : { delayDays: 1 }),
    weekdays: value.split(" ").map(Number),
  };
}

/**
 * Shows the fields for the wait before a step: a number and a unit, the weekdays, and for an email
 * the hour of the day.
 */
export function WaitFields({ step, isFirst, onChange }: Props<SequenceStep> & { isFirst: boolean }) {
  const { format } = useSession();
  const unit = findUnit(step);
  const set = (chosen: Unit, amount: number) =>
    onChange({ ...step, delayDays: 0, delayHours: 0, delayBusinessDays: 0, [chosen]: amount });
  return (
    <div class="wait">
      <NumberField
        label={say("Wait")}
        value={step[unit]}
        min={0}
        max={units[unit].most}
        onChange={(amount) => set(unit, amount)}
      />
      <label class="field">
        <span>{isFirst ? say("After the launch") : say("After the previous step")}</span>
        <select
          value={unit}
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.value as Unit;
            set(chosen, Math.min(step[unit], units[chosen].most));
          }}
        >
          {Object.entries(units).map(([name, { text }]) => (
            <option value={name} key={name}>
              {say(text)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{say("Then on")}</span>
        <select
          value={step.weekdays?.join(" ") ?? ""}
          onChange={({ currentTarget: { value } }) => onChange(withWeekdays(step, value, isFirst))}
        >
          <option value="">{say("Any day")}</option>
          {listDayChoices(step.weekdays).map((days) => (
            <option value={days.join(" ")} key={days.join(" ")}>
              {describeDaysOfWeek(days)}
            </option>
          ))}
        </select>
      </label>
      {step.kind === "email" && (
        <label class="field">
          <span>{say("Hour, in the owner’s time zone")}</span>
          <select
            value={step.sendTimeHour ?? ""}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...step, sendTimeHour: value === "" ? null : Number(value) })
            }
          >
            <option value="">{say("Any sending hour")}</option>
            {Array.from({ length: 24 }, (_, hour) => (
              <option value={hour} key={hour}>
                {format.clock(`${String(hour).padStart(2, "0")}:00`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

const emptyElseEmail = {
  startsThread: false,
  letter: { subject: "", preheader: "", bodyHtml: "", bodyText: "" },
};

/** Shows the fields for a step's condition, and for what happens if the condition does not hold. */
export function ConditionFields({ step, onChange }: Props<SequenceStep>) {
  const { conditions } = step;
  const choice = findConditionChoice(conditions);
  const otherwise = conditions.otherwise ?? "skip";
  const decide = (value: keyof typeof failedConditionTexts) => {
    const { otherwise: _, waitDays: __, ...asked } = conditions;
    const waiting = value === "wait" ? { waitDays: conditions.waitDays ?? 7 } : {};
    const chosen = { ...asked, ...(value === "skip" ? {} : { otherwise: value }), ...waiting };
    const elseEmail = step.kind === "email" && value === "email" ? (step.elseEmail ?? emptyElseEmail) : null;
    onChange({ ...step, conditions: chosen, ...(elseEmail && { elseEmail }) });
  };
  return (
    <div class="fields">
      <label class="field">
        <span>{say("Condition")}</span>
        <select
          data-field="conditions"
          value={choice}
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.value as ConditionChoice;
            if (chosen !== "other") onChange({ ...step, conditions: buildConditions(chosen, conditions) });
          }}
        >
          {conditionChoices.map((one) =>
            one === "other" ? (
              choice === "other" && (
                <option value="other" key={one}>
                  {describeConditions(conditions)}
                </option>
              )
            ) : (
              <option value={one} key={one}>
                {conditionTexts[one]}
              </option>
            ),
          )}
        </select>
      </label>
      {choice !== "none" && (
        <label class="field">
          <span>{say("Otherwise")}</span>
          <select
            value={otherwise}
            onChange={({ currentTarget }) => decide(currentTarget.value as keyof typeof failedConditionTexts)}
          >
            {Object.entries(failedConditionTexts).map(
              ([name, text]) =>
                (name !== "email" || step.kind === "email") && (
                  <option value={name} key={name}>
                    {text}
                  </option>
                ),
            )}
          </select>
        </label>
      )}
      {otherwise === "wait" && (
        <NumberField
          label={say("Days to wait for it")}
          value={conditions.waitDays ?? 7}
          min={1}
          max={limits.waitDays}
          onChange={(waitDays) => onChange({ ...step, conditions: { ...conditions, waitDays } })}
        />
      )}
    </div>
  );
}
