import { Hono } from "hono";
import { limits } from "../../../shared/limits.ts";
import {
  type CampaignSteps,
  campaignStepsInput,
  type StepsChangePreview,
  type StepsChangeResult,
  stepsUndoInput,
} from "../../../shared/step-change.ts";
import { findUndoableStepsChange } from "../../db/step-changes.ts";
import { AppError } from "../../domain/errors.ts";
import { findAccessibleCampaign, getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { findNextStepNumber, loadStepsWithLetters, toEditableSteps } from "../campaign-steps.ts";
import { passWordingGates } from "../gates/gates.ts";
import { requireCurrentVersion } from "../if-match.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, type HttpContext, readJson, refuseFaultyFields } from "../request.ts";
import { fillSnippetsInSteps } from "../snippets.ts";
import {
  applyPlannedStepsChange,
  createNotUnderWayError,
  createStepsVersionError,
  findEditedStepFaults,
  type PlannedStepsChange,
  planStepsChange,
  planUndoOfStepsChange,
} from "../step-changes.ts";
import {
  listEditedLetters,
  loadRunningLetters,
  loadStoredLetters,
  omitRunningLetters,
} from "../step-letters.ts";
import { toIso } from "../views/instant.ts";

/**
 * Routes that show and change the steps of an active or paused campaign. `PATCH /campaigns/:id`
 * changes a draft's steps.
 */
export const campaignStepsRoutes = new Hono<AppEnv>()
  .get("/campaigns/:id/steps", requires({ role: "viewer", property: "own", owner: "anyone" }), async (c) =>
    c.json(await loadView(c)),
  )

  .post(
    "/campaigns/:id/steps/preview-change",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const campaign = await requireUnderWay(c);
      const { steps } = await readJson(c, campaignStepsInput);
      const { faults } = await findEditedStepFaults(desk, steps, await loadRunningLetters(desk, campaign.id));
      const { figures } = await planStepsChange(desk, campaign, steps);
      const answer: StepsChangePreview = { version: campaign.stepsVersion, steps: figures, faults };
      return c.json(answer);
    },
  )

  .put("/campaigns/:id/steps", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { ctx, scope } = desk;
    const campaign = await requireUnderWay(c);
    const { steps } = await readJson(c, campaignStepsInput);
    await requireCurrentVersion(c, campaign.stepsVersion, () =>
      createStepsVersionError(campaign.stepsVersion),
    );
    const running = await loadRunningLetters(desk, campaign.id);
    refuseFaultyFields((await findEditedStepFaults(desk, steps, running)).fields);
    const letters = listEditedLetters(await fillSnippetsInSteps(desk, steps));
    await passWordingGates(c, campaign, omitRunningLetters(letters, running), running);
    const token = ctx.newId().toString(36);
    const until = ctx.now() + limits.recallSeconds * 1000;
    const { figures } = await applyPlannedStepsChange(
      () => planStepsChange(desk, campaign, steps),
      (planned) => ({
        ...planned.change,
        undo: { token, until, stepsBefore: planned.stepsBefore },
        audit: buildChangeAudit(c, "campaign.stepsChanged", planned),
      }),
      scope,
    );
    const answer: StepsChangeResult = {
      version: campaign.stepsVersion + 1,
      steps: figures,
      undoToken: token,
      undoUntil: toIso(until),
    };
    return c.json(answer);
  })

  .post(
    "/campaigns/:id/steps/undo",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const campaign = await findAccessibleCampaign(c);
      const { undoToken } = await readJson(c, stepsUndoInput);
      const row = await findUndoableStepsChange(desk.scope, campaign.id, desk.ctx.now());
      if (row?.token !== undoToken || row.version !== campaign.stepsVersion)
        throw new AppError("conflict", "This change of the steps can no longer be undone.");
      const before = await loadStoredLetters(desk, row.stepsBefore);
      // The campaign sent these letters until the change, so the letters need no new approval.
      const brought = omitRunningLetters(before, await loadRunningLetters(desk, campaign.id));
      await passWordingGates(c, campaign, brought, before);
      await applyPlannedStepsChange(
        () => planUndoOfStepsChange(desk, campaign, row),
        (planned) => ({
          ...planned.change,
          undo: null,
          audit: buildChangeAudit(c, "campaign.stepsChangeUndone", planned),
        }),
        desk.scope,
      );
      return c.json(await loadView(c));
    },
  );

async function loadView(c: HttpContext): Promise<CampaignSteps> {
  const { id, stepsVersion } = await findAccessibleCampaign(c);
  const loaded = await loadStepsWithLetters(getRequestScope(c), id);
  return { version: stepsVersion, steps: toEditableSteps(loaded), nextStepId: findNextStepNumber(loaded) };
}

/** @throws AppError conflict if the campaign is neither active nor paused */
async function requireUnderWay(c: HttpContext) {
  const campaign = await findAccessibleCampaign(c);
  if (campaign.status !== "active" && campaign.status !== "paused") throw createNotUnderWayError();
  return campaign;
}

function buildChangeAudit(c: HttpContext, action: string, { change, figures }: PlannedStepsChange) {
  const count = (kind: string) => figures.filter((one) => one.change === kind).length;
  return buildAuditEntry(getRequestScope(c), action, `campaigns/${change.campaignId}`, {
    from: change.from,
    added: count("added"),
    changed: count("changed"),
    moved: count("moved"),
    removed: count("removed"),
    people: change.moves.length,
  });
}
