import { Hono } from "hono";
import type { AppliedWordingResult } from "../../../shared/template.ts";
import { listNewestLetters, type StepLetter } from "../../db/campaign-letters.ts";
import {
  applyNewestWording,
  countRecipientsBeforeStep,
  listStepWordings,
  type WordingConflict,
} from "../../db/campaign-wording.ts";
import { AppError } from "../../domain/errors.ts";
import { findAccessibleCampaign, getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { passWordingGates } from "../gates/gates.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, type HttpContext, parseId } from "../request.ts";

/**
 * Gives one step the newest versions of its templates. The step's emails that are already sent do
 * not change. Without such a request, a campaign keeps its first wording.
 */
export const campaignWordingRoutes = new Hono<AppEnv>().post(
  "/campaigns/:id/steps/:stepNumber/apply-template",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { ctx, scope, agentId } = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    const campaignId = campaign.id;
    const step = { campaignId, stepNumber: parseId(c.req.param("stepNumber")) };
    // The gates (checks that can forbid emails) are asked about a draft only at the launch.
    if (campaign.status !== "draft") await passWordingGates(c, campaign, await loadNewestLetters(c, step));
    const refusal = await applyNewestWording(
      scope,
      step,
      buildAuditEntry({ ctx, agentId }, "campaign.wordingApplied", `campaigns/${campaignId}`, {
        stepNumber: step.stepNumber,
      }),
    );
    if (refusal !== null) throw createRefusalError(refusal);
    const [wordings, recipients] = await Promise.all([
      listStepWordings(scope, step),
      countRecipientsBeforeStep(scope, step),
    ]);
    const answer: AppliedWordingResult = { stepNumber: step.stepNumber, wordings, recipients };
    return c.json(answer);
  },
);

/** Returns the newest wordings of a step's templates. */
async function loadNewestLetters(
  c: HttpContext,
  step: { campaignId: number; stepNumber: number },
): Promise<StepLetter[]> {
  const { scope } = getRequestScope(c);
  const wordings = await listStepWordings(scope, step);
  const used = wordings.map(({ templateId }) => ({ templateId, stepNumber: step.stepNumber }));
  return await listNewestLetters(scope, used);
}

function createRefusalError(refusal: WordingConflict): AppError {
  switch (refusal) {
    case "status":
      return new AppError("conflict", "The campaign has ended, so no one is left to get this email.");
    case "step":
      return createNotFoundError();
  }
}
