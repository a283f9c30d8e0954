import type { Tenant } from "../../../shared/tenant.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { describeBulkSenderLimit } from "../../words/volume.ts";

/**
 * Shows a warning for each domain that has nearly reached the daily number of emails of a bulk
 * sender.
 */
export function VolumeWarning() {
  const { format } = useSession();
  const tenant = useResource<Tenant>("tenant", ({ api }) => ({ fetch: (signal) => api.tenant(signal) }));
  const near = (tenant.data?.volumes ?? []).filter(({ isNearLimit }) => isNearLimit);
  return (
    <>
      {near.map((volume) => (
        <Note tone="warning" key={volume.domain}>
          {say("{domain} has sent {count} emails today.", {
            domain: volume.domain,
            count: format.number(volume.emailsToday),
          })}{" "}
          {describeBulkSenderLimit(volume, format)}
        </Note>
      ))}
    </>
  );
}
