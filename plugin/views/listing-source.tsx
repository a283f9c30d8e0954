import type { ListingFinding } from "../../shared/listing-finding.ts";
import { useSession } from "../session/state.ts";

/** The line that says which rule a finding of the listing guard rests on, and when it was read. */
export function ListingSource({ finding: { source, checkedOn } }: { finding: ListingFinding }) {
  const { format } = useSession();
  return (
    <p class="fine">
      {source}, read on {format.calendarDay(checkedOn)}. Not legal advice.
    </p>
  );
}
