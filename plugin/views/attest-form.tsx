import { useState } from "preact/hooks";
import { limits } from "../../shared/limits.ts";
import type { Tenant } from "../../shared/tenant.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import type { SettingsApi } from "../data/settings-api.ts";
import { useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { FailureNotice } from "../ui/feedback.tsx";
import { letterClaimTexts } from "../words/claim.ts";
import { say } from "../words/say.ts";
import { TextField } from "./settings/text-field.tsx";

type Props = {
  claim: LetterClaim;
  settings: Pick<SettingsApi, "attestClaim">;
  onChange: (tenant: Tenant) => void;
};

/**
 * Shows the form in which an admin attests a claim of letters for the office. The admin states the
 * facts that make the claim true, such as which buyer the office has.
 */
export function AttestForm({ claim, settings, onChange }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const [words, setWords] = useState("");
  const attest = (event: Event) => {
    event.preventDefault();
    if (words.trim() === "") return;
    run(async () => {
      onChange(await settings.attestClaim({ claim, words: words.trim() }));
      status.value = say("Confirmed. Emails can say this now.");
    });
  };
  const fault = failure?.fields.words;
  return (
    <form onSubmit={attest} noValidate>
      <TextField
        path={`claims.${claim}`}
        label={say(letterClaimTexts[claim].question)}
        longest={limits.noteLength}
        value={words}
        fault={fault}
        onInput={setWords}
      />
      {failure && !fault && <FailureNotice failure={failure} />}
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy} aria-disabled={words.trim() === ""}>
          {say("Confirm it’s true")}
        </button>
      </div>
    </form>
  );
}
