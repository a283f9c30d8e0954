import { Hono } from "hono";
import type { CampaignAnalytics } from "../../shared/analytics.ts";
import { campaignInReach, deskOf } from "../access.ts";
import { statsBySteps } from "../db/analytics.ts";
import { stepsOf } from "../db/campaign-steps.ts";
import { ratesOf, statsOf } from "../domain/analytics.ts";
import type { AppEnv } from "../http.ts";

export const campaignAnalytics = new Hono<AppEnv>().get("/campaigns/:id/analytics", async (c) => {
  const { id } = await campaignInReach(c);
  const { scope } = deskOf(c);
  const [figures, steps] = await Promise.all([statsBySteps(scope, id), stepsOf(scope, id)]);
  const total = statsOf(figures);
  const answer: CampaignAnalytics = {
    campaignId: id,
    total: { stats: total, rates: ratesOf(total) },
    steps: steps.map(({ stepNumber, subject }) => {
      const stats = statsOf(figures.filter((figure) => figure.stepNumber === stepNumber));
      return { stepNumber, subject, stats, rates: ratesOf(stats) };
    }),
  };
  return c.json(answer);
});
