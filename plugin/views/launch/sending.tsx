import type { SendingHoursChoice } from "../../session/launch-draft.ts";
import { sendWindowsByChoice } from "../../session/launch-request.ts";
import { useSession } from "../../session/state.ts";
import { Note } from "../../ui/feedback.tsx";
import { describeSendWindow } from "../../words/timing.ts";
import type { LaunchViewData } from "./view-data.ts";

const hours: SendingHoursChoice[] = ["weekdays", "daily", "anytime"];

/**
 * The fields for the sender, the sending hours and holidays. Each field has a default that suits
 * most launches.
 */
export function LaunchSendingFields({ view }: { view: LaunchViewData }) {
  const { draft, change, sender, senders } = view;
  const { format } = useSession();
  if (!sender) {
    return <Note tone="warning">Add a sender first. Ask your administrator to set one up.</Note>;
  }
  return (
    <section>
      <h3 class="group-title">Sending</h3>
      <div class="fields">
        <label class="field">
          <span>From</span>
          <select
            value={String(sender.id)}
            onChange={(event) => change({ senderId: Number(event.currentTarget.value) })}
          >
            {senders.map(({ id, fromName, fromEmail, isPaused }) => (
              <option value={String(id)} disabled={isPaused} key={id}>
                {`${fromName} <${fromEmail}>${isPaused ? " (paused)" : ""}`}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Hours, in the recipient’s time zone</span>
          <select
            value={draft.hours}
            onChange={(event) => change({ hours: event.currentTarget.value as SendingHoursChoice })}
          >
            {hours.map((choice) => (
              <option value={choice} key={choice}>
                {describeSendWindow(sendWindowsByChoice[choice], format.clock)}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={draft.skipsHolidays}
            onChange={(event) => change({ skipsHolidays: event.currentTarget.checked })}
          />
          <span>No emails on US federal holidays or your office’s holidays</span>
        </label>
      </div>
    </section>
  );
}
