import { limits } from "../../../shared/limits.ts";
import { useSession } from "../../session/state.ts";
import { outcomeLabels } from "../../words/reply.ts";
import { say } from "../../words/say.ts";
import { computeShareOfSent, type Figures, hasKnownDeliveries } from "./rows.ts";
import { describeCountChange, describePeriodBefore, formatShare, unknownMark } from "./texts.ts";

type Line = {
  label: string;
  /** Returns the count of the line; null if the count is unknown. */
  read: (figures: Figures) => number | null;
  note?: string;
  isGood?: boolean;
  /**
   * True for the number of emails sent. The other lines also show their count as a share of this
   * number.
   */
  isWhole?: boolean;
  /**
   * The greatest acceptable share of the emails, 0 to 1. The view marks a greater share as too
   * much.
   */
  limit?: number;
};

const listOutcomes = (): Line[] => [
  { label: say("Replies"), read: ({ stats }) => stats.replied, isGood: true },
  { label: outcomeLabels.interested, read: ({ outcomes }) => outcomes.interested, isGood: true },
  { label: outcomeLabels.appointment, read: ({ outcomes }) => outcomes.appointment, isGood: true },
  { label: outcomeLabels.listing, read: ({ outcomes }) => outcomes.listing, isGood: true },
  { label: outcomeLabels.notNow, read: ({ outcomes }) => outcomes.notNow },
  { label: outcomeLabels.alreadyListed, read: ({ outcomes }) => outcomes.alreadyListed },
  { label: outcomeLabels.notSelling, read: ({ outcomes }) => outcomes.notSelling },
  { label: outcomeLabels.wrongPerson, read: ({ outcomes }) => outcomes.wrongPerson },
  { label: outcomeLabels.noMore, read: ({ outcomes }) => outcomes.noMore },
];

function listDeliveries(format: (share: number) => string): Line[] {
  const note = (limit: number) => say("Limit {limit}", { limit: format(limit) });
  const { maxBounceRate, maxComplaintRate } = limits;
  return [
    { label: say("Emails sent"), read: ({ stats }) => stats.sent, isWhole: true },
    {
      label: say("Delivered~count"),
      read: ({ stats }) => (hasKnownDeliveries(stats) ? stats.delivered : null),
    },
    {
      label: say("Bounced"),
      read: ({ stats }) => stats.bounced,
      note: note(maxBounceRate),
      limit: maxBounceRate,
    },
    {
      label: say("Marked as spam~count"),
      read: ({ stats }) => stats.complained,
      note: note(maxComplaintRate),
      limit: maxComplaintRate,
    },
    { label: say("Unsubscribed~count"), read: ({ stats }) => stats.unsubscribed },
    { label: say("Clicked a link~count"), read: ({ stats }) => stats.clicked },
  ];
}

const listOpens = (): Line[] => [
  {
    label: say("Opened by people"),
    read: ({ stats }) => stats.opened,
    note: say("A hint, not proof"),
  },
  {
    label: say("Opened by programs"),
    read: ({ stats }) => stats.machineOpened,
    note: say("Email apps and scanners"),
  },
];

type Props = { now: Figures; before: Figures; days: number };

/** Shows the results of the emails of a period: replies first, then deliveries, and opens last. */
export function ResultsTable({ now, before, days }: Props) {
  const { format } = useSession();
  const share = (value: number) => formatShare(value, format.number);
  const groups = [
    { title: say("Replies and outcomes"), lines: listOutcomes() },
    { title: say("Delivery"), lines: listDeliveries(share) },
    { title: say("Opens"), lines: listOpens() },
  ];
  return (
    <table class="figure-table results">
      <caption class="unseen">{say("What came of the emails")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{say("Figure")}</span>
          </th>
          <th scope="col">{say("Count")}</th>
          <th scope="col">{say("Of emails sent")}</th>
          <th scope="col">{say("Than {period}", { period: describePeriodBefore(days) })}</th>
        </tr>
      </thead>
      {groups.map(({ title, lines }) => (
        <tbody key={title}>
          <tr>
            <th scope="rowgroup" colSpan={4} class="results-group">
              {title}
            </th>
          </tr>
          {lines.map((line) => (
            <ResultsRow line={line} now={now} before={before} key={line.label} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/**
 * A guardrail pauses a campaign with too many bounces or complaints. Below these numbers of sent
 * emails and of reports, the guardrails do nothing.
 */
const fewestJudged = { emails: 50, reports: 2 };

/**
 * Tells whether the share of bounces or complaints exceeds the limit. Fewer reports or emails than
 * `fewestJudged` never exceed the limit.
 */
const isTooMuch = (count: number | null, sent: number, limit: number): boolean =>
  count !== null && count >= fewestJudged.reports && sent >= fewestJudged.emails && count > sent * limit;

type RowProps = { line: Line; now: Figures; before: Figures };

function ResultsRow({ line, now, before }: RowProps) {
  const { format } = useSession();
  const { label, note, limit, isGood = false, isWhole = false, read } = line;
  const [count, old] = [read(now), read(before)];
  const share = count === null ? null : computeShareOfSent(count, now.stats);
  const isBad = limit !== undefined && isTooMuch(count, now.stats.sent, limit);
  return (
    <tr class={isBad ? "bad" : isGood && count !== 0 ? "good" : ""}>
      <th scope="row">
        {label}
        {note && <span class="results-note">{note}</span>}
      </th>
      <td class="results-count">{count === null ? unknownMark : format.number(count)}</td>
      <td>{isWhole ? "" : formatShare(share, format.number)}</td>
      <td>{count === null || old === null ? unknownMark : describeCountChange(count, old, format.number)}</td>
    </tr>
  );
}
