import { useEffect } from "preact/hooks";
import type { AnalyticsGrouping, OfficeAnalytics } from "../../../shared/office-analytics.ts";
import type { FiguresQuestion } from "../../data/insights-api.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, LoadedContent } from "../../ui/feedback.tsx";
import { describeCountedAt } from "../../words/counted-at.ts";
import type { Formats } from "../../words/format.ts";
import { formatCount, say } from "../../words/say.ts";
import { FigureGroups } from "./groups.tsx";
import { countDays } from "./period.ts";
import { ResultsTable } from "./results.tsx";
import { hasTriedEmails } from "./rows.ts";
import { describeReplies } from "./texts.ts";
import { type ComparedFigures, useFigures } from "./use-figures.ts";

type Props = {
  question: FiguresQuestion;
  onChoices: (choices: OfficeAnalytics["choices"]) => void;
  onGroup: (by: AnalyticsGrouping) => void;
};

/** Shows the figures that the agent has asked for, or the reason why there are no figures. */
export function FiguresPanel({ question, onChoices, onGroup }: Props) {
  const { status, format } = useSession();
  const figures = useFigures(question);
  const { data, failure, isStale, reload } = figures;
  const summary = data === undefined || isStale ? null : summarize(data);
  useEffect(() => {
    if (data === undefined || summary === null) return;
    onChoices(data.now.choices);
    status.value = summary;
  }, [data, summary]);
  if (failure?.code === "forbidden") return <NotForOneProperty />;
  return (
    <LoadedContent resource={figures} rows={4}>
      {(loaded) => (
        <div class={isStale ? "insights-stale" : ""} aria-busy={isStale}>
          <h3 class="insights-summary">{summarize(loaded)}</h3>
          <p class="fine">{describeBasis(loaded, format)}</p>
          {hasTriedEmails(loaded.now.total) && (
            <>
              <ResultsTable
                now={loaded.now.total}
                before={loaded.before.total}
                days={countDays(loaded.now)}
              />
              <Explanation />
              <FigureGroups answer={loaded.now} by={question.by} onGroup={onGroup} />
            </>
          )}
          <CountedAt iso={loaded.now.countedAt} onRefresh={reload} />
        </div>
      )}
    </LoadedContent>
  );
}

/** Returns the sentence about the period's replies, or a sentence that no email has gone out. */
function summarize({ now, before }: ComparedFigures): string {
  if (!hasTriedEmails(now.total)) return say("No email has gone out in these days.");
  return describeReplies({
    now: now.total.stats.replied,
    before: before.total.stats.replied,
    days: countDays(now),
    hadEmailsBefore: hasTriedEmails(before.total),
  });
}

/**
 * Returns a text with the days of the figures and the number of emails sent: "Nov 1 to Nov 30 · 340
 * emails sent".
 */
function describeBasis({ now: { from, to, total } }: ComparedFigures, { calendarDay }: Formats): string {
  const days =
    from === to
      ? calendarDay(from)
      : say("{start} to {end}", { start: calendarDay(from), end: calendarDay(to) });
  if (!hasTriedEmails(total)) return days;
  return `${days} · ${say("{emails} sent", { emails: formatCount(total.stats.sent, "email") })}`;
}

/** Shows how the figures are counted, in the words of docs/decisions/data.md. */
function Explanation() {
  return (
    <p class="fine">
      {say(
        "Shares are of the emails sent. A result counts for the day on which its email went out, in the sender’s time zone. A dash stands for what can’t be known. A campaign above a limit pauses by itself.",
      )}
    </p>
  );
}

/**
 * Shows the notice for an agent whose token is limited to one property. Such a token has no access
 * to the office's figures.
 */
function NotForOneProperty() {
  return (
    <div role="status">
      <EmptyState icon="people" title={say("You see only some properties")}>
        <p class="muted">
          {say("Insights are about the whole office. Ask your administrator for access to every property.")}
        </p>
      </EmptyState>
    </div>
  );
}

function CountedAt({ iso, onRefresh }: { iso: string; onRefresh: () => void }) {
  const { format } = useSession();
  return (
    <p class="insights-counted fine">
      {describeCountedAt(iso, format.clock)}
      <Button kind="quiet" onClick={onRefresh}>
        {say("Refresh")}
      </Button>
    </p>
  );
}
