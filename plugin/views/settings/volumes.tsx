import type { Tenant } from "../../../shared/tenant.ts";
import { useSession } from "../../session/state.ts";
import { say } from "../../words/say.ts";
import { describeBulkSenderLimit } from "../../words/volume.ts";

/**
 * Shows today's number of emails for each domain. Mailbox providers judge a whole domain, not a
 * single sender.
 */
export function DomainVolumesSection({ tenant }: { tenant: Tenant }) {
  const { format } = useSession();
  return (
    <section>
      <h3 class="group-title">{say("Emails today")}</h3>
      {tenant.volumes.length === 0 && <p class="muted">{say("No senders yet.")}</p>}
      {tenant.volumes.map((volume) => (
        <p key={volume.domain} class={volume.isNearLimit ? "bad-news" : "fine"}>
          {volume.domain}: {format.number(volume.emailsToday)}
          {volume.isNearLimit && `. ${describeBulkSenderLimit(volume, format)}`}
        </p>
      ))}
    </section>
  );
}
