import type { ListingFinding } from "../../shared/listing-finding.ts";
import { useSession } from "../session/state.ts";
import { say } from "../words/say.ts";

/**
 * Names the source of the rule behind a finding of the listing guard, and the day on which a person
 * last checked the source. The listing guard prevents emails to the owners of listed homes.
 */
export function ListingRuleSourceLine({ finding: { source, checkedOn } }: { finding: ListingFinding }) {
  const { format } = useSession();
  return (
    <p class="fine">
      {say("{source}, read on {checkedOn}. Not legal advice.", {
        source,
        checkedOn: format.calendarDay(checkedOn),
      })}
    </p>
  );
}
