import { Hono } from "hono";
import { winnerInput } from "../../../shared/winner.ts";
import { listCampaignSteps } from "../../db/campaign-steps.ts";
import { loadStepFigures } from "../../db/step-figures.ts";
import { chooseWinner, type WinnerConflict } from "../../db/winners.ts";
import { sumEmailStats } from "../../domain/analytics.ts";
import { AppError } from "../../domain/errors.ts";
import { parseVariantName } from "../../domain/send/variant.ts";
import { findAccessibleCampaign, getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { loadCampaignView } from "../campaign-view.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseId, readJson } from "../request.ts";

/**
 * Lets an agent choose the wording that every later recipient of a step gets, in place of the
 * Worker's choice. Emails that the Worker has already tried to send keep their wording.
 */
export const campaignWinnerRoutes = new Hono<AppEnv>().put(
  "/campaigns/:id/steps/:stepNumber/winner",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const { ctx, scope, agentId } = desk;
    const { id: campaignId } = await findAccessibleCampaign(c);
    const stepNumber = parseId(c.req.param("stepNumber"));
    const { variant: name } = await readJson(c, winnerInput);
    const steps = await listCampaignSteps(scope, campaignId);
    const step = steps.find((one) => one.stepNumber === stepNumber);
    if (step?.kind !== "email") throw createNotFoundError();
    const counted = await loadStepFigures(scope, [campaignId]);
    const figures = step.variants.map((_, index) => {
      const own = counted.filter((one) => one.stepNumber === stepNumber && one.variant === index);
      const { sent, replied } = sumEmailStats(own);
      return { sent, replied };
    });
    const variant = name === null ? null : parseVariantName(name);
    const refusal = await chooseWinner(
      scope,
      { campaignId, stepNumber },
      { variant, at: ctx.now(), by: agentId, isClear: null, figures },
      buildAuditEntry(desk, "campaign.winnerChosen", `campaigns/${campaignId}`, {
        ...{ stepNumber, variant, before: step.winner, figures },
      }),
    );
    if (refusal !== null) throw createRefusalError(refusal);
    return c.json(await loadCampaignView(desk, campaignId));
  },
);

function createRefusalError(refusal: WinnerConflict): AppError {
  switch (refusal) {
    case "status":
      return new AppError("conflict", "Only a running campaign can continue with one wording.");
    case "step":
      return new AppError("conflict", "The step has no such wording any more; look again.");
  }
}
