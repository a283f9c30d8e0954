import { useSession } from "../../session/state.ts";
import { ProportionBar } from "../../ui/proportion-bar.tsx";
import { outcomeLabels } from "../../words/reply.ts";
import { describeReplyRange } from "../../words/reply-range.ts";
import { say } from "../../words/say.ts";
import { type Measure, readMeasure } from "./measures.ts";
import type { FigureRow, RowGrouping } from "./rows.ts";
import { formatRowName, groupingTexts, unknownMark } from "./texts.ts";

type Props = {
  title: string;
  grouping: RowGrouping;
  rows: readonly FigureRow[];
  /** The figure that each row shows as a bar; null if a chart beside the table shows the figure. */
  bar: Measure | null;
};

/**
 * Shows the figures of each group, with the range in which the real share of replies probably lies.
 */
export function GroupTable({ title, grouping, rows, bar }: Props) {
  const { format } = useSession();
  const values = rows.map((row) => (bar === null ? null : readMeasure(bar, row)));
  // One day has too few emails to estimate a share of replies.
  const hasRange = grouping !== "day";
  const largest = Math.max(1, ...values.map((value) => value ?? 0));
  return (
    // If the table is wider than the tab, an agent can also scroll the table with keys.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keys
    <section class="group-table" aria-label={title} tabIndex={0}>
      <table class="figure-table">
        <thead>
          <tr>
            <th scope="col">{groupingTexts[grouping]}</th>
            <th scope="col">{say("Sent")}</th>
            <th scope="col">{say("Replies")}</th>
            {hasRange && <th scope="col">{say("Reply rate")}</th>}
            <th scope="col">{outcomeLabels.interested}</th>
            <th scope="col">{say("Bounced")}</th>
            <th scope="col">{say("Unsubscribed~count")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.key}>
              <th scope="row">
                {formatRowName(row, grouping, format)}
                {bar !== null && <ProportionBar share={(values[index] ?? 0) / largest} />}
              </th>
              <td>{format.number(row.stats.sent)}</td>
              <td>{format.number(row.stats.replied)}</td>
              {hasRange && (
                <td class="group-range">
                  {describeReplyRange(row.stats.replied, row.stats.sent) ?? unknownMark}
                </td>
              )}
              <td>{format.number(row.outcomes.interested)}</td>
              <td>{format.number(row.stats.bounced)}</td>
              <td>{format.number(row.stats.unsubscribed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
