import { Hono } from "hono";
import type {
  CampaignAnalytics,
  ElseEmailAnalytics,
  StepAnalytics,
  VariantAnalytics,
} from "../../../shared/analytics.ts";
import { elseVariantIndex } from "../../../shared/limits.ts";
import type { TaskOutcome } from "../../../shared/vocabulary.ts";
import { loadCampaignFigures } from "../../db/campaign-figures.ts";
import { listStepsEverUsed, type StepRow, type StepVariantRow } from "../../db/campaign-steps.ts";
import type { StepFigure } from "../../db/step-figures.ts";
import { countTaskOutcomes, type TaskOutcomeCount } from "../../db/task-list.ts";
import { calculateEmailRates, calculateShareOfSent, sumEmailStats } from "../../domain/analytics.ts";
import { formatVariantName } from "../../domain/send/variant.ts";
import { findClearWinner } from "../../domain/winner.ts";
import { findAccessibleCampaign, getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import type { AppEnv } from "../request.ts";
import { toIsoOrNull } from "../views/instant.ts";

export const campaignAnalyticsRoutes = new Hono<AppEnv>().get(
  "/campaigns/:id/analytics",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const campaign = await findAccessibleCampaign(c);
    const { id } = campaign;
    const { ctx, scope } = getRequestScope(c);
    const now = ctx.now();
    const [counted, steps] = await Promise.all([
      loadCampaignFigures(scope, [campaign], now),
      listStepsEverUsed(scope, id),
    ]);
    const { stats: figures = [], countedAt = null } = counted.get(id) ?? {};
    const hasTasks = steps.some(({ kind }) => kind === "task");
    const tasks = hasTasks ? await countTaskOutcomes(scope, id) : [];
    const total = sumEmailStats(figures);
    const answer: CampaignAnalytics = {
      campaignId: id,
      countedAt: toIsoOrNull(countedAt),
      total: { stats: total, rates: calculateEmailRates(total) },
      steps: steps
        .map((step) => toStepAnalytics(step, figures, tasks))
        .filter((step) => step.position !== null || hasFigures(step)),
    };
    return c.json(answer);
  },
);

/**
 * Tells whether a step has figures. A step with figures is shown even after an agent has removed
 * the step.
 */
const hasFigures = (step: StepAnalytics) =>
  step.kind === "task" ? step.opened > 0 : Object.values(step.stats).some((count) => count > 0);

function toStepAnalytics(
  step: StepRow,
  figures: readonly StepFigure[],
  taskFigures: readonly TaskOutcomeCount[],
): StepAnalytics {
  if (step.kind === "task") return toTaskAnalytics(step, taskFigures);
  const { stepNumber, position, subject, variants: wordings, elseEmail } = step;
  const own = figures.filter((figure) => figure.stepNumber === stepNumber);
  const stats = sumEmailStats(own);
  const countWording = (wording: Pick<StepVariantRow, "templateId" | "subject">, index: number) =>
    toWordingAnalytics(
      wording,
      own.filter(({ variant }) => variant === index),
    );
  const variants = wordings.map(
    (wording, index): VariantAnalytics => ({
      variant: formatVariantName(index),
      ...countWording(wording, index),
    }),
  );
  const leader = findClearWinner(variants);
  return {
    kind: "email",
    stepNumber,
    position,
    subject,
    stats,
    rates: calculateEmailRates(stats),
    variants,
    clearLeader: leader === null ? null : formatVariantName(leader),
    elseEmail: elseEmail && countWording(elseEmail, elseVariantIndex),
  };
}

function toTaskAnalytics(
  { stepNumber, position }: StepRow,
  figures: readonly TaskOutcomeCount[],
): StepAnalytics {
  const own = figures.filter((figure) => figure.stepNumber === stepNumber);
  const count = (outcome: TaskOutcome) => own.find((figure) => figure.outcome === outcome)?.count ?? 0;
  return {
    kind: "task",
    stepNumber,
    position,
    opened: own.reduce((sum, figure) => sum + figure.count, 0),
    done: count("done"),
    skipped: count("skipped"),
    expired: count("expired"),
    stopped: count("stopped"),
  };
}

function toWordingAnalytics(
  { templateId, subject }: Pick<StepVariantRow, "templateId" | "subject">,
  figures: readonly StepFigure[],
): ElseEmailAnalytics {
  const { sent, opened, clicked, replied } = sumEmailStats(figures);
  return {
    templateId,
    subject,
    sent,
    opened,
    clicked,
    replied,
    replyRate: calculateShareOfSent(replied, sent),
  };
}
