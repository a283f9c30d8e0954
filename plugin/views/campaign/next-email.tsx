import type { CampaignSummary } from "../../../shared/campaign.ts";
import { useSession } from "../../session/state.ts";
import { Icon } from "../../ui/icon.tsx";
import { say, sayReason } from "../../words/say.ts";

/**
 * Shows the campaign's next email: "Email 2 to Mary Ellison · Thu, Nov 27, 9:12 AM MST". If the
 * email is due but has not gone out yet, a second line gives the reason. Shows nothing if there is
 * no next email.
 */
export function NextEmail({ campaign: { nextEmail } }: { campaign: CampaignSummary }) {
  const { format } = useSession();
  if (nextEmail === null) return null;
  const { position, name, state, at, timeZone, message, listing, awayUntil } = nextEmail;
  const time = at && format.instant(at, timeZone);
  const queued = message ? time && say("about {time}", { time }) : say("goes out in a moment");
  return (
    <div class="next">
      <Icon name={state === "queued" ? "send" : "clock"} />
      <div>
        <p class="line">
          <strong>{say("Email {stepNumber} to {name}", { stepNumber: position ?? "–", name })}</strong>
          <span class="muted">{{ planned: time, queued, held: say("held") }[state]}</span>
          {awayUntil && (
            <span class="muted">
              {say("Away until {awayUntil}", { awayUntil: format.calendarDay(awayUntil) })}
            </span>
          )}
        </p>
        {message && <p class="fine">{sayReason(listing, message)}</p>}
        {state === "held" && time && <p class="fine">{say("Next check: {time}", { time })}</p>}
      </div>
    </div>
  );
}
