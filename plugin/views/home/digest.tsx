import type { DigestCadence, DigestScope, DigestSettings } from "../../../shared/digest.ts";
import { useResource } from "../../data/use-resource.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";

/**
 * Shows the field in which an agent asks for a digest: a daily or weekly email that lists the work
 * that waits for the agent.
 */
export function DigestField() {
  const { tokens, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const settings = useResource<DigestSettings>("digest", ({ api }) => ({
    fetch: (signal) => api.request<DigestSettings>("/digest", { signal }),
  }));
  const { api } = useSession();
  const { data, set } = settings;
  // The Worker sends no digest to an agent without an address, or with a token for a single
  // property.
  if (data === undefined || data.email === null) return null;
  const save = (cadence: DigestCadence, reach: DigestScope) =>
    run(async () => {
      set(await api.request<DigestSettings>("/digest", { method: "PUT", body: { cadence, reach } }));
      status.value = say("Saved.");
    });
  return (
    <div class="fields">
      <label class="field">
        <span>{say("Email me what waits for me")}</span>
        <select
          value={data.cadence}
          disabled={isBusy}
          onChange={(event) => save(event.currentTarget.value as DigestCadence, data.reach)}
        >
          <option value="off">{say("Never")}</option>
          <option value="daily">{say("Every day at 7 AM")}</option>
          <option value="weekly">{say("Every Monday at 7 AM")}</option>
        </select>
      </label>
      {data.cadence !== "off" && hasRole(tokens.role(), "teamLead") && (
        <label class="field">
          <span>{say("Whose work")}</span>
          <select
            value={data.reach}
            disabled={isBusy}
            onChange={(event) => save(data.cadence, event.currentTarget.value as DigestScope)}
          >
            <option value="mine">{say("Mine")}</option>
            <option value="office">{say("The whole office")}</option>
          </select>
        </label>
      )}
      {data.cadence !== "off" && (
        <p class="fine">{say("It goes to {email}, and only if something waits.", { email: data.email })}</p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
