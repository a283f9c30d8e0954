import type { EmailStepAnalytics, TaskStepAnalytics } from "../../../shared/analytics.ts";
import { LabeledCounts } from "../../ui/figures.tsx";
import { describeReplyRange } from "../../words/reply-range.ts";
import { say } from "../../words/say.ts";

/**
 * Shows the counts of an email step, and an estimate of how many of 100 people reply to the email.
 */
export function EmailFigures({ step }: { step: EmailStepAnalytics }) {
  if (!wasReached(step)) return null;
  const range = describeReplyRange(step.stats.replied, step.stats.sent);
  return (
    <>
      <LabeledCounts figures={listEmailFigures(step)} />
      {range && <p class="fine">{range}</p>}
    </>
  );
}

/**
 * Tells whether any recipient has reached a step. Before anybody reaches the step, its figures are
 * all 0.
 */
const wasReached = ({ stats: { sent, unknown, skipped } }: EmailStepAnalytics) =>
  sent + unknown + skipped > 0;

function listEmailFigures({ stats }: EmailStepAnalytics) {
  return [
    { label: say("Sent"), value: stats.sent },
    { label: say("Opened"), value: stats.opened },
    { label: say("Clicked"), value: stats.clicked },
    { label: say("Replied"), value: stats.replied, isGood: true },
    ...(stats.unknown > 0 ? [{ label: say("Probably sent"), value: stats.unknown }] : []),
    ...(stats.skipped > 0 ? [{ label: say("Skipped"), value: stats.skipped }] : []),
  ];
}

/** Shows the counts of a task step. */
export function TaskFigures({ step }: { step: TaskStepAnalytics }) {
  return <LabeledCounts figures={listTaskFigures(step)} />;
}

function listTaskFigures({ opened, done, skipped, expired }: TaskStepAnalytics) {
  return [
    { label: say("Assigned"), value: opened },
    { label: say("Done~count"), value: done, isGood: true },
    ...(skipped > 0 ? [{ label: say("Skipped"), value: skipped }] : []),
    ...(expired > 0 ? [{ label: say("Not done in time"), value: expired }] : []),
  ];
}
