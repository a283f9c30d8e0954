import type { ListingFinding } from "../../shared/listing-finding.ts";
import { useSession } from "../session/state.ts";

/**
 * The line that names the source of the rule behind a finding of the listing guard, and the day on
 * which the source was read.
 */
export function ListingSource({ finding: { source, checkedOn } }: { finding: ListingFinding }) {
  const { format } = useSession();
  return (
    <p class="fine">
      {source}, read on {format.calendarDay(checkedOn)}. Not legal advice.
    </p>
  );
}
