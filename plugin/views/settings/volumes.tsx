import type { Tenant } from "../../../shared/tenant.ts";
import { useSession } from "../../session/state.ts";
import { say } from "../../words/say.ts";

/**
 * Shows today's number of emails by domain. Mailbox providers judge a whole domain, not a sender.
 */
export function VolumesSection({ tenant }: { tenant: Tenant }) {
  const { format } = useSession();
  return (
    <section>
      <h3 class="group-title">{say("Emails today")}</h3>
      {tenant.volumes.length === 0 && <p class="muted">{say("No senders yet.")}</p>}
      {tenant.volumes.map(({ domain, emailsToday, bulkLimit, isNearLimit }) => (
        <p key={domain} class={isNearLimit ? "bad-news" : "fine"}>
          {domain}: {format.number(emailsToday)}
          {isNearLimit &&
            `. ${say("At {bulkLimit} a day, Gmail and Microsoft permanently treat the domain as a bulk sender.", { bulkLimit: format.number(bulkLimit) })}`}
        </p>
      ))}
    </section>
  );
}
