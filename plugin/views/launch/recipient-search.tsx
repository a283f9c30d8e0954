import type { LaunchCandidate } from "../../session/launch-candidates.ts";
import { Button } from "../../ui/button.tsx";
import { PeopleSearchField } from "../../ui/people-search-field.tsx";
import { describeCandidateCounts } from "../../words/candidate.ts";
import { say } from "../../words/say.ts";
import type { LaunchViewData } from "./view-data.ts";

type Props = {
  view: LaunchViewData;
  text: string;
  /** The candidates that match the text. */
  found: readonly LaunchCandidate[];
  onSearch: (text: string) => void;
};

/**
 * Shows the search field and the buttons "Select all" and "Select none" above a long list of
 * contacts. The buttons tick or untick the contacts that match the search. "Select all" skips
 * contacts with a reason against an email; the agent can tick such contacts one by one.
 */
export function RecipientSearch({ view, text, found, onSearch }: Props) {
  const { draft, change, offered } = view;
  const selectable = found.filter(({ isSelectable, reason }) => isSelectable && reason === null);
  const tick = (candidates: readonly LaunchCandidate[], isTicked: boolean) =>
    change({
      ticked: {
        ...draft.ticked,
        ...Object.fromEntries(candidates.map(({ contact }) => [contact.key, isTicked])),
      },
    });
  return (
    <div class="recipient-search">
      <PeopleSearchField text={text} onSearch={onSearch} />
      <div class="actions">
        <Button kind="quiet" isDisabled={selectable.length === 0} onClick={() => tick(selectable, true)}>
          {say("Select all {count}", { count: selectable.length })}
        </Button>
        <Button kind="quiet" isDisabled={found.length === 0} onClick={() => tick(found, false)}>
          {say("Select none")}
        </Button>
      </div>
      <p class="fine" role="status">
        {describeCandidateCounts(offered)}
      </p>
    </div>
  );
}
