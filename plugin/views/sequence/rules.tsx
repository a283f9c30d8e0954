import type { SendHours } from "../../../shared/campaign.ts";
import { limits } from "../../../shared/limits.ts";
import type { SequenceRules } from "../../../shared/sequence-rules.ts";
import {
  findHoursChoice,
  hoursChoices,
  type SendingHoursChoice,
  sendWindowsByChoice,
} from "../../session/sending-hours.ts";
import { useSession } from "../../session/state.ts";
import { say } from "../../words/say.ts";
import { exitStatusTexts } from "../../words/sequence-rules.ts";
import { describeDaysOfWeek, describeSendWindow } from "../../words/timing.ts";

type Props = { rules: SequenceRules; onChange: (rules: SequenceRules) => void };

/** The hours that the fields show when the agent has just chosen "Other hours". */
const firstOwnHours: SendHours = { days: [1, 2, 3, 4, 5], startTime: "10:00", endTime: "16:00" };
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/**
 * Returns the list with the entry added if `isIn` is true, otherwise the list without the entry.
 */
const toggle = <Entry,>(entries: readonly Entry[], entry: Entry, isIn: boolean): Entry[] =>
  isIn ? [...entries, entry] : entries.filter((one) => one !== entry);

/**
 * Shows the fields for the agent's own sending hours: the days, the start and the end. At least one
 * day always stays ticked.
 */
function OwnHoursFields({ hours, onChange }: { hours: SendHours; onChange: (hours: SendHours) => void }) {
  const { days, startTime, endTime } = hours;
  const setTime = (part: Partial<SendHours>) => {
    const changed = { ...hours, ...part };
    if (changed.startTime !== "" && changed.endTime !== "" && changed.startTime !== changed.endTime)
      onChange(changed);
  };
  return (
    <div class="own-hours">
      <fieldset class="ticks">
        <legend>{say("Days")}</legend>
        {weekdays.map((day) => (
          <label class="check" key={day}>
            <input
              type="checkbox"
              checked={days.includes(day)}
              disabled={days.length === 1 && days.includes(day)}
              onChange={({ currentTarget }) =>
                onChange({ ...hours, days: toggle(days, day, currentTarget.checked).sort() })
              }
            />
            <span>{describeDaysOfWeek([day])}</span>
          </label>
        ))}
      </fieldset>
      <div class="times">
        <label class="field">
          <span>{say("From~time")}</span>
          <input
            type="time"
            value={startTime}
            onInput={({ currentTarget }) => setTime({ startTime: currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>{say("Until~time")}</span>
          <input
            type="time"
            value={endTime}
            onInput={({ currentTarget }) => setTime({ endTime: currentTarget.value })}
          />
        </label>
      </div>
    </div>
  );
}

function HoursField({ rules, onChange }: Props) {
  const { format } = useSession();
  const { sendWindow: window, ...others } = rules;
  const choice = window === undefined ? "" : (findHoursChoice(window) ?? "own");
  const own = choice === "own" && window?.length === 1 ? window[0] : undefined;
  const choose = (value: string) => {
    if (value === "") onChange(others);
    else if (value === "own") onChange({ ...others, sendWindow: [firstOwnHours] });
    else onChange({ ...others, sendWindow: sendWindowsByChoice[value as SendingHoursChoice] });
  };
  return (
    <>
      <label class="field">
        <span>{say("Hours, in the recipient’s time zone")}</span>
        <select value={choice} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value="">{say("Chosen at each launch")}</option>
          {hoursChoices.map((one) => (
            <option value={one} key={one}>
              {describeSendWindow(sendWindowsByChoice[one], format.clock)}
            </option>
          ))}
          <option value="own">
            {window && choice === "own" ? describeSendWindow(window, format.clock) : say("Other hours…")}
          </option>
        </select>
      </label>
      {own && (
        <OwnHoursFields hours={own} onChange={(changed) => onChange({ ...others, sendWindow: [changed] })} />
      )}
    </>
  );
}

/**
 * Shows the home statuses that stop the sequence. A status that was set through the API, and that
 * the tab does not offer, is kept.
 */
function ExitFields({ rules, onChange }: Props) {
  const { exitStatuses } = rules;
  const offered = Object.keys(exitStatusTexts) as (keyof typeof exitStatusTexts)[];
  return (
    <fieldset class="ticks">
      <legend>{say("Stop when the home is")}</legend>
      {offered.map((status) => (
        <label class="check" key={status}>
          <input
            type="checkbox"
            checked={exitStatuses.includes(status)}
            onChange={({ currentTarget }) =>
              onChange({ ...rules, exitStatuses: toggle(exitStatuses, status, currentTarget.checked) })
            }
          />
          <span>{exitStatusTexts[status]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function ClickField({ rules, onChange }: Props) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={rules.stopsOnClick}
        onChange={({ currentTarget }) => onChange({ ...rules, stopsOnClick: currentTarget.checked })}
      />
      <span>
        {say("Stop for a person who clicks a link. Clicks of mail filters are recognized and don’t count.")}
      </span>
    </label>
  );
}

function EndField({ rules, onChange }: Props) {
  return (
    <label class="field">
      <span>{say("End after days (optional)")}</span>
      <input
        type="number"
        min={1}
        max={limits.sequenceDays}
        value={rules.endsAfterDays ?? ""}
        onInput={({ currentTarget: { value } }) => {
          const days = Math.min(limits.sequenceDays, Math.trunc(Number(value)) || 0);
          onChange({ ...rules, endsAfterDays: days < 1 ? null : days });
        }}
      />
    </label>
  );
}

/**
 * Shows the rules for all steps of a sequence: hours, holidays, and the events that stop the
 * sequence. A launch starts with these rules.
 */
export function SequenceRulesFields(props: Props) {
  const { rules, onChange } = props;
  return (
    <section class="sequence-rules card">
      <h3 class="group-title">{say("For the whole sequence")}</h3>
      <HoursField {...props} />
      <label class="check">
        <input
          type="checkbox"
          checked={rules.skipsHolidays}
          onChange={({ currentTarget }) => onChange({ ...rules, skipsHolidays: currentTarget.checked })}
        />
        <span>{say("No emails on US federal holidays or your office’s holidays")}</span>
      </label>
      <ExitFields {...props} />
      <ClickField {...props} />
      <EndField {...props} />
      <p class="fine">
        {say("It always stops for everyone at the property when anyone replies or opts out.")}
      </p>
    </section>
  );
}
