import type { SendWindow } from "../../shared/campaign.ts";
import type { Sender } from "../../shared/sender.ts";
import { findCalendarDay } from "../session/day-start.ts";
import type { TimingChoices } from "../session/launch-draft.ts";
import { hoursChoices, type SendingHoursChoice, sendWindowsByChoice } from "../session/sending-hours.ts";
import { useSession } from "../session/state.ts";
import { say } from "../words/say.ts";
import { describeSendWindow } from "../words/timing.ts";

/**
 * The agent's choices for the times of the emails. `hours` is null if the campaign's own sending
 * hours match none of the offered choices.
 */
export type EditableTiming = Omit<TimingChoices, "skipsHolidays"> & { skipsHolidays: boolean };

type Props = {
  sender: Sender;
  senders: readonly Sender[];
  timing: EditableTiming;
  /**
   * The campaign's own sending hours, if they match none of the offered choices. The field then
   * offers these hours, too.
   */
  keptWindow?: SendWindow | null;
  onSender: (senderId: number) => void;
  onTiming: (change: Partial<TimingChoices>) => void;
};

function SenderField({ sender, senders, onSender }: Props) {
  return (
    <label class="field">
      <span>{say("From")}</span>
      <select value={String(sender.id)} onChange={(event) => onSender(Number(event.currentTarget.value))}>
        {senders.map(({ id, fromName, fromEmail, isPaused }) => (
          <option value={String(id)} disabled={isPaused} key={id}>
            {`${fromName} <${fromEmail}>${isPaused ? ` (${say("paused")})` : ""}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function StartField({ sender, timing: { startOn }, onTiming }: Props) {
  const { tokens } = useSession();
  return (
    <label class="field">
      <span>{say("Start date (optional)")}</span>
      <input
        type="date"
        min={findCalendarDay(tokens.now(), sender.timeZone)}
        value={startOn ?? ""}
        onChange={({ currentTarget }) => onTiming({ startOn: currentTarget.value || null })}
      />
    </label>
  );
}

/** Shows the fields for the sender, the first day, the sending hours and holidays. */
export function SendingFields(props: Props) {
  const { timing, keptWindow, onTiming } = props;
  const { format } = useSession();
  return (
    <div class="fields">
      <SenderField {...props} />
      <label class="field">
        <span>{say("Hours, in the recipient’s time zone")}</span>
        <select
          value={timing.hours ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onTiming({ hours: value === "" ? null : (value as SendingHoursChoice) })
          }
        >
          {keptWindow && <option value="">{describeSendWindow(keptWindow, format.clock)}</option>}
          {hoursChoices.map((choice) => (
            <option value={choice} key={choice}>
              {describeSendWindow(sendWindowsByChoice[choice], format.clock)}
            </option>
          ))}
        </select>
      </label>
      <StartField {...props} />
      <label class="check">
        <input
          type="checkbox"
          checked={timing.skipsHolidays}
          onChange={(event) => onTiming({ skipsHolidays: event.currentTarget.checked })}
        />
        <span>{say("No emails on US federal holidays or your office’s holidays")}</span>
      </label>
    </div>
  );
}
