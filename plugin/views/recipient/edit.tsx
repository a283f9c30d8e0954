import { useId, useState } from "preact/hooks";
import type { RecipientDetail, RecipientPatch } from "../../../shared/recipient.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { useFirstFieldFocus, useOpenerFocus } from "../../ui/form-focus.ts";
import { getZoneCity } from "../../words/recipient.ts";
import { say, sayMessage, translatedTable } from "../../words/say.ts";

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

/**
 * The purpose of the form: add a missing address, replace a bounced address, or change only the
 * time zone.
 */
type Purpose = "addEmail" | "replaceEmail" | "changeZone";

const openLabels = translatedTable<Purpose>({
  addEmail: "Add their email",
  replaceEmail: "Use another email address",
  changeZone: "Change time zone",
});
const savedTexts = translatedTable<Purpose>({
  addEmail: "Saved. They’re in the sequence now.",
  replaceEmail: "Saved. They’re back in the sequence.",
  changeZone: "Saved.",
});

/**
 * Shows the form for a recipient's email address and for the recipient's time zone, which decides
 * when the sending hours are.
 */
export function RecipientForm({ recipient, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useOpenerFocus(isOpen);
  const formId = useId();
  const { status, isAddressReplaceable } = recipient;
  if (status === "completed" || (status === "stopped" && !isAddressReplaceable)) return null;
  const otherwise = isAddressReplaceable ? "replaceEmail" : "changeZone";
  const purpose = status === "waitingForEmail" ? "addEmail" : otherwise;
  const changed = (now: RecipientDetail) => {
    onChange(now);
    setIsOpen(false);
  };
  return (
    <div class="recipient-edit">
      <Button
        ref={opener}
        icon={purpose === "changeZone" ? "clock" : "mail"}
        kind="quiet"
        expands={{ id: formId, isOpen }}
        onClick={() => setIsOpen(!isOpen)}
      >
        {openLabels[purpose]}
      </Button>
      {isOpen && <EditForm id={formId} recipient={recipient} purpose={purpose} onChange={changed} />}
    </div>
  );
}

function EditForm({ id, recipient, purpose, onChange }: Props & { id: string; purpose: Purpose }) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const ownZone = recipient.timeZoneSource === "given" ? (recipient.timeZone ?? "") : "";
  const form = useFirstFieldFocus<HTMLFormElement>();
  const [email, setEmail] = useState("");
  const [timeZone, setTimeZone] = useState(ownZone);
  const errorId = useId();
  const fault = failure?.fields.email;
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const patch: RecipientPatch = { timeZone: timeZone || null };
      if (purpose !== "changeZone") patch.email = email;
      onChange(await createRecipientActionsApi(api).correct(recipient.id, patch));
      status.value = savedTexts[purpose];
    });
  };
  const isListed = usTimeZones.some(([zone]) => zone === ownZone);
  return (
    <form ref={form} id={id} class="fields" onSubmit={save}>
      {purpose === "replaceEmail" && (
        <p class="fine">
          {say(
            "{email} bounced and stays on the do-not-email list. With a new address, the sequence picks up where it stopped.",
            { email: recipient.email ?? "" },
          )}
        </p>
      )}
      {purpose !== "changeZone" && (
        <label class="field">
          <span>{say("Email")}</span>
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
              {sayMessage(`This address ${fault}.`)}
            </p>
          )}
        </label>
      )}
      <label class="field">
        <span>{say("Their time zone")}</span>
        <select value={timeZone} onChange={(event) => setTimeZone(event.currentTarget.value)}>
          <option value="">{say("Based on their address or the campaign")}</option>
          {ownZone && !isListed && <option value={ownZone}>{getZoneCity(ownZone)}</option>}
          {usTimeZones.map(([zone, name]) => (
            <option value={zone} key={zone}>
              {say(name)} ({getZoneCity(zone)})
            </option>
          ))}
        </select>
      </label>
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy}>
          {say("Save")}
        </button>
      </div>
      {failure && !fault && <FailureNotice failure={failure} />}
    </form>
  );
}
