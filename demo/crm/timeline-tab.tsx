import type { PropertyRecord } from "../data/records.ts";
import { formatDay } from "./format.ts";
import { listActivities } from "./state.ts";

export function TimelineTab({ property }: { property: PropertyRecord }) {
  return (
    <ol class="timeline">
      {listActivities(property).map(({ on, text }) => (
        <li key={`${on} ${text}`}>
          <time dateTime={on}>{formatDay(on)}</time>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
