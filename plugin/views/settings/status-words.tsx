import { useState } from "preact/hooks";
import type { ListingGuardSettings } from "../../../shared/listing-guard.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { exitStatusTexts } from "../../words/sequence-rules.ts";
import { useHasRole } from "./section.tsx";

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };
type StatusMap = NonNullable<ListingGuardSettings["statusMap"]>;
type Meaning = StatusMap[string];

const meanings = ["none", ...(Object.keys(exitStatusTexts) as (keyof typeof exitStatusTexts)[])] as const;

const sayMeaning = (meaning: Meaning) =>
  meaning === "none"
    ? say("Not listed")
    : (exitStatusTexts[meaning as keyof typeof exitStatusTexts] ?? meaning);

type FormProps = { isBusy: boolean; onAdd: (word: string, meaning: Meaning) => void };

function StatusWordForm({ isBusy, onAdd }: FormProps) {
  const [word, setWord] = useState("");
  const [meaning, setMeaning] = useState<Meaning>("none");
  const add = (event: Event) => {
    event.preventDefault();
    if (isBusy || word.trim() === "") return;
    onAdd(word.trim(), meaning);
    setWord("");
  };
  return (
    <form onSubmit={add}>
      <div class="fields">
        <label class="field">
          <span>{say("Word in your CRM")}</span>
          <input
            type="text"
            autocomplete="off"
            maxLength={50}
            value={word}
            onInput={(event) => setWord(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{say("Means")}</span>
          <select value={meaning} onChange={(event) => setMeaning(event.currentTarget.value as Meaning)}>
            {meanings.map((one) => (
              <option value={one} key={one}>
                {sayMeaning(one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="form-actions">
        <button type="submit" class="button secondary" aria-busy={isBusy} aria-disabled={word.trim() === ""}>
          {say("Add the word")}
        </button>
      </div>
    </form>
  );
}

/**
 * Lists the meanings of the CRM's own words for a home's status. If the CRM uses any other word, an
 * agent has to confirm that the home is not listed.
 */
export function StatusWordList({ tenant: { listingGuard }, onSave }: Props) {
  const { status } = useSession();
  const { run, isBusy, failure } = useAction();
  const mayChange = useHasRole("admin");
  const map = listingGuard.statusMap ?? {};
  const save = (statusMap: StatusMap) =>
    run(async () => {
      await onSave({ listingGuard: { ...listingGuard, statusMap } });
      status.value = say("Saved for the whole office.");
    });
  const remove = (word: string) =>
    save(Object.fromEntries(Object.entries(map).filter(([name]) => name !== word)));
  return (
    <div>
      <h4>{say("Your CRM’s own words for a status")}</h4>
      <ul class="list">
        {Object.entries(map).map(([word, meaning]) => (
          <li class="line" key={word}>
            <span>
              “{word}”: {sayMeaning(meaning)}
            </span>
            {mayChange && (
              <Button
                kind="quiet"
                isDisabled={isBusy}
                label={say("Remove {name}", { name: word })}
                onClick={() => remove(word)}
              >
                {say("Remove")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <StatusWordForm isBusy={isBusy} onAdd={(word, meaning) => save({ ...map, [word]: meaning })} />
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
