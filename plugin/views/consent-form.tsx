import { useState } from "preact/hooks";
import type { Consent } from "../../shared/consent.ts";
import { limits } from "../../shared/limits.ts";
import type { Tenant } from "../../shared/tenant.ts";
import { buildConsent, type ConsentFields } from "../session/consent.ts";
import { useSession } from "../session/state.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../words/say.ts";

type Props = {
  id?: string;
  /** The name of the person who agreed, as the CRM writes it. */
  name: string;
  isBusy?: boolean;
  onSave: (consent: Consent) => void;
  onClose: () => void;
};

/**
 * Shows the form for a consent to emails: who agreed, on which day, in which exact words, and to
 * whose emails.
 */
export function ConsentForm({ id, name, isBusy = false, onSave, onClose }: Props) {
  const { cache, tokens } = useSession();
  const office = (cache.get("tenant") as Tenant | undefined)?.name ?? "";
  const [fields, setFields] = useState<ConsentFields>({ by: name, on: "", words: "", to: office });
  const set = (part: Partial<ConsentFields>) => setFields({ ...fields, ...part });
  const today = new Date(tokens.now()).toISOString().slice(0, 10);
  const consent = buildConsent(fields, tokens.now());
  const save = (event: Event) => {
    event.preventDefault();
    if (consent !== null && !isBusy) onSave(consent);
  };
  return (
    <form id={id} class="fields consent-form" onSubmit={save}>
      <label class="field">
        <span>{say("Who agreed")}</span>
        <input
          type="text"
          autocomplete="off"
          maxLength={limits.nameLength}
          value={fields.by}
          onInput={(event) => set({ by: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{say("When")}</span>
        <input
          type="date"
          max={today}
          value={fields.on}
          onInput={(event) => set({ on: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{say("How they agreed, and in what words")}</span>
        <input
          type="text"
          autocomplete="off"
          maxLength={limits.noteLength}
          placeholder={say("By phone: “Yes, email me what homes like mine sell for.”")}
          value={fields.words}
          onInput={(event) => set({ words: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{say("Who the emails come from: your office or an agent")}</span>
        <input
          type="text"
          autocomplete="off"
          maxLength={limits.nameLength}
          value={fields.to}
          onInput={(event) => set({ to: event.currentTarget.value })}
        />
      </label>
      <p class="fine">
        {say("Only their own clear yes counts. Being on a list or in public records isn’t consent.")}
      </p>
      <div class="form-actions">
        <button type="submit" class="button secondary" disabled={consent === null} aria-busy={isBusy}>
          {say("Record consent")}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </form>
  );
}
