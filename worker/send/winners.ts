import type { Ctx } from "../context.ts";
import {
  listStepsAwaitingWinner,
  recordWinnerJudgments,
  type StepAwaitingWinner,
  type WinnerJudgment,
} from "../db/winners.ts";
import { decideWinner, winnerSettlingMs } from "../domain/winner.ts";

/**
 * The most steps that one tick (the Worker's run every minute) checks. The number is small, because
 * a step may have ten thousand messages to count.
 */
const stepsPerTick = 10;

/**
 * Chooses the best wording (the winner) of each step in which enough emails have had time for
 * replies. Any other step is checked again when enough emails can have had that time; each check
 * writes two rows. If two ticks overlap, only one tick chooses.
 */
export async function chooseDueWinners(ctx: Ctx, now: number): Promise<void> {
  const steps = await listStepsAwaitingWinner(ctx.db, {
    now,
    settledBy: now - winnerSettlingMs,
    limit: stepsPerTick,
  });
  if (steps.length === 0) return;
  await recordWinnerJudgments(
    ctx.db,
    steps.map((step) => judgeStep(step, now, ctx.newId())),
    now,
  );
}

function judgeStep(step: StepAwaitingWinner, now: number, auditId: number): WinnerJudgment {
  const { campaignId, stepNumber, dueAt, isOver } = step;
  const key = { campaignId, stepNumber, dueAt, auditId };
  const figures = step.results.map(({ sent, replied }) => ({ sent, replied }));
  const results = step.results.map(({ reachedAt, ...settled }) => ({ settled, reachedAt }));
  const decision = decideWinner(results, isOver, now);
  if (decision.kind === "wait") return { ...key, choice: null, nextDueAt: decision.until };
  const { variant, isClear } = decision;
  return { ...key, choice: { variant, at: now, by: null, isClear, figures }, nextDueAt: null };
}
