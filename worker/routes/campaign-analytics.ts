import { Hono } from "hono";
import type { CampaignAnalytics, StepAnalytics, VariantAnalytics } from "../../shared/analytics.ts";
import { campaignInReach, deskOf } from "../access.ts";
import { figuresByVariant, type StepFigure, statsBySteps, type VariantFigure } from "../db/analytics.ts";
import { type StepRow, stepsOf } from "../db/campaign-steps.ts";
import { ratesOf, statsOf } from "../domain/analytics.ts";
import { variantName } from "../domain/variant.ts";
import { clearWinner } from "../domain/winner.ts";
import type { AppEnv } from "../http.ts";

export const campaignAnalytics = new Hono<AppEnv>().get("/campaigns/:id/analytics", async (c) => {
  const { id } = await campaignInReach(c);
  const { scope } = deskOf(c);
  const [figures, steps] = await Promise.all([statsBySteps(scope, id), stepsOf(scope, id)]);
  const split = steps.filter(({ variants }) => variants.length > 0).map(({ stepNumber }) => stepNumber);
  const variantFigures = await figuresByVariant(scope, id, split);
  const total = statsOf(figures);
  const answer: CampaignAnalytics = {
    campaignId: id,
    total: { stats: total, rates: ratesOf(total) },
    steps: steps.map((step) => stepView(step, figures, variantFigures)),
  };
  return c.json(answer);
});

function stepView(
  { stepNumber, subject, variants: wordings }: StepRow,
  figures: readonly StepFigure[],
  variantFigures: readonly VariantFigure[],
): StepAnalytics {
  const stats = statsOf(figures.filter((figure) => figure.stepNumber === stepNumber));
  const own = variantFigures.filter((figure) => figure.stepNumber === stepNumber);
  const variants = wordings.map((wording, index) =>
    variantView(
      wording,
      index,
      own.find(({ variant }) => variant === index),
    ),
  );
  const winner = clearWinner(variants);
  return {
    stepNumber,
    subject,
    stats,
    rates: ratesOf(stats),
    variants,
    winner: winner === null ? null : variantName(winner),
  };
}

function variantView(
  { templateId, subject }: StepRow["variants"][number],
  index: number,
  figure: VariantFigure | undefined,
): VariantAnalytics {
  const { sent = 0, opened = 0, clicked = 0, replied = 0 } = figure ?? {};
  const replyRate = sent === 0 ? null : replied / sent;
  return { variant: variantName(index), templateId, subject, sent, opened, clicked, replied, replyRate };
}
