import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";
import { useSession } from "../../session/state.ts";
import { getSourceChoiceLabel } from "../../words/add-people.ts";
import { say } from "../../words/say.ts";
import type { AddingDraft } from "./draft.ts";

type Props = { draft: AddingDraft; change: (part: Partial<AddingDraft>) => void };

/**
 * The sources that a list of people can have. The other two sources are for contacts of the CRM and
 * for typed people.
 */
const listSources = recipientSources.filter((source) => source !== "host" && source !== "agent");
/** The sources that list people because of an event with a date. */
const datedSources: readonly RecipientSource[] = ["pastListing", "openHouse", "probate", "preForeclosure"];

/**
 * Shows the fields that ask how the office knows the people of a list. The rules for emails to
 * these people depend on the source.
 */
export function ListOriginFields({ draft: { source, sourceDate, areRepresentatives }, change }: Props) {
  const { tokens } = useSession();
  return (
    <div class="origin-fields">
      <label class="field">
        <span>{say("How does your office know these people?")}</span>
        <select
          value={source ?? ""}
          onChange={({ currentTarget }) =>
            change({ source: (currentTarget.value || null) as RecipientSource | null })
          }
        >
          <option value="" disabled>
            {say("Choose one")}
          </option>
          {listSources.map((one) => (
            <option value={one} key={one}>
              {getSourceChoiceLabel(one)}
            </option>
          ))}
        </select>
      </label>
      {source !== null && datedSources.includes(source) && (
        <label class="field">
          <span>{say("Date of the record, for rows without one")}</span>
          <input
            type="date"
            max={new Date(tokens.now()).toISOString().slice(0, 10)}
            value={sourceDate}
            onInput={({ currentTarget }) => change({ sourceDate: currentTarget.value })}
          />
        </label>
      )}
      {source === "probate" && (
        <label class="check">
          <input
            type="checkbox"
            checked={areRepresentatives}
            onChange={({ currentTarget }) => change({ areRepresentatives: currentTarget.checked })}
          />
          {say("Everyone here is an estate’s personal representative. Anyone else’s emails will wait.")}
        </label>
      )}
    </div>
  );
}
