import { useId, useState } from "preact/hooks";
import type { RecipientDetail, RecipientPatch } from "../../../shared/recipient.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { getZoneCity } from "../../words/recipient.ts";

const usTimeZones = [
  ["America/New_York", "Eastern"],
  ["America/Chicago", "Central"],
  ["America/Denver", "Mountain"],
  ["America/Phoenix", "Arizona"],
  ["America/Los_Angeles", "Pacific"],
  ["America/Anchorage", "Alaska"],
  ["Pacific/Honolulu", "Hawaii"],
] as const;

type Props = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/** The form for a recipient's missing email address and for the time zone of the sending hours. */
export function RecipientForm({ recipient, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const formId = useId();
  if (recipient.status === "completed" || recipient.status === "stopped") return null;
  const isWaiting = recipient.status === "waitingForEmail";
  const changed = (now: RecipientDetail) => {
    onChange(now);
    setIsOpen(false);
  };
  return (
    <div class="recipient-edit">
      <Button
        icon={isWaiting ? "mail" : "clock"}
        kind="quiet"
        expands={{ id: formId, isOpen }}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isWaiting ? "Add their email" : "Change time zone"}
      </Button>
      {isOpen && <EditForm id={formId} recipient={recipient} isWaiting={isWaiting} onChange={changed} />}
    </div>
  );
}

function EditForm({ id, recipient, isWaiting, onChange }: Props & { id: string; isWaiting: boolean }) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const ownZone = recipient.timeZoneSource === "given" ? (recipient.timeZone ?? "") : "";
  const [email, setEmail] = useState("");
  const [timeZone, setTimeZone] = useState(ownZone);
  const errorId = useId();
  const fault = failure?.fields.email;
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const patch: RecipientPatch = { timeZone: timeZone || null };
      if (isWaiting) patch.email = email;
      onChange(await api.correct(recipient.id, patch));
      status.value = isWaiting ? "Saved. They’re in the sequence now." : "Saved.";
    });
  };
  const isListed = usTimeZones.some(([zone]) => zone === ownZone);
  return (
    <form id={id} class="fields" onSubmit={save}>
      {isWaiting && (
        <label class="field">
          <span>Email</span>
          <input
            type="email"
            required
            value={email}
            aria-invalid={fault ? "true" : undefined}
            aria-describedby={fault ? errorId : undefined}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
          {fault && (
            <p id={errorId} class="fine missing" role="alert">
              This address {fault}.
            </p>
          )}
        </label>
      )}
      <label class="field">
        <span>Their time zone</span>
        <select value={timeZone} onChange={(event) => setTimeZone(event.currentTarget.value)}>
          <option value="">From their address or the campaign</option>
          {ownZone && !isListed && <option value={ownZone}>{getZoneCity(ownZone)}</option>}
          {usTimeZones.map(([zone, name]) => (
            <option value={zone} key={zone}>
              {name} ({getZoneCity(zone)})
            </option>
          ))}
        </select>
      </label>
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy}>
          Save
        </button>
      </div>
      {failure && !fault && <FailureNotice failure={failure} />}
    </form>
  );
}
