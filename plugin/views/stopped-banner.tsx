import type { Tenant } from "../../shared/tenant.ts";
import { useSession } from "../session/state.ts";
import { Button } from "../ui/button.tsx";
import { Note } from "../ui/feedback.tsx";
import { say } from "../words/say.ts";

/**
 * Tells that the office's outreach is stopped. `onResume` is null if the agent may not resume it.
 */
export function StoppedBanner({ tenant, onResume }: { tenant: Tenant; onResume: (() => void) | null }) {
  const { format } = useSession();
  if (tenant.stoppedAt === null) return null;
  return (
    <div class="office-stopped">
      <Note tone="warning">
        <p>
          <strong>
            {say("All outreach from {office} has been stopped since {time}.", {
              office: tenant.name,
              time: format.instant(tenant.stoppedAt),
            })}
          </strong>{" "}
          {say("No emails will go out until it’s resumed.")}
          {onResume === null && ` ${say("A team lead or an administrator can resume it.")}`}
        </p>
        {onResume && <Button onClick={onResume}>{say("Resume…")}</Button>}
      </Note>
    </div>
  );
}
