import { Hono } from "hono";
import type { z } from "zod";
import { type CampaignStatusResult, campaignStatusInput } from "../../../shared/campaign.ts";
import { type CampaignApproval, campaignDeclineInput } from "../../../shared/campaign-approval.ts";
import { limits } from "../../../shared/limits.ts";
import type { CampaignStatus } from "../../../shared/vocabulary.ts";
import {
  findNearbySaleNews,
  listCampaignLetters,
  listPersonalLettersOfCampaign,
} from "../../db/campaign-letters.ts";
import {
  allowLateEmails,
  archiveCampaign,
  type CampaignStatusChange,
  type CampaignStatusConflict,
  type FirstStepPlans,
  launchCampaign,
  listRecipientTimeZones,
  pauseCampaign,
  recallCampaign,
  resumeCampaign,
  setCampaignApproval,
  stopCampaign,
} from "../../db/campaign-status.ts";
import { listCampaignSteps } from "../../db/campaign-steps.ts";
import { type CampaignRow, findCampaign } from "../../db/campaigns.ts";
import { findTenant } from "../../db/tenants.ts";
import {
  buildSchedule,
  type CampaignTransition,
  findCampaignTransition,
  getRecallEnd,
  hasCampaignEnded,
  planStepInEachZone,
  type RequestedCampaignStatus,
} from "../../domain/campaign.ts";
import { listSourceWaits } from "../../domain/compliance/source-rules.ts";
import { AppError } from "../../domain/errors.ts";
import { getStandInZone } from "../../domain/recipient.ts";
import { formatResumeResult } from "../../domain/send/explanations.ts";
import { getCampaignEnd } from "../../domain/sequence-rules.ts";
import { findAccessibleCampaign, getRequestScope, type RequestScope } from "../access.ts";
import { buildCampaignAuditEntry, loadCampaignView } from "../campaign-view.ts";
import { passGates } from "../gates/gates.ts";
import { refuseCollisionOverride } from "../gates/office.ts";
import { loadGatedPeople } from "../gates/people.ts";
import type { LaunchApproval } from "../gates/sources.ts";
import { requires } from "../permissions.ts";
import {
  buildRefusalOverrideEntry,
  requireLeadForRefusalNote,
  throwRefusalError,
} from "../refusal-checks.ts";
import { type AppEnv, createNotFoundError, type HttpContext, readJson } from "../request.ts";
import { toIso } from "../views/instant.ts";

export const campaignStatusRoutes = new Hono<AppEnv>()
  .patch(
    "/campaigns/:id/status",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const campaign = await findAccessibleCampaign(c);
      const input = await readJson(c, campaignStatusInput);
      const { status, refusalNote } = input;
      requireLeadForRefusalNote(c, refusalNote);
      const transition = findCampaignTransition(campaign.status, status);
      if (transition === null) throw createTransitionError(campaign, status);
      const { ignoresCollisions = campaign.ignoresCollisions } = input;
      if (transition === "none" && ignoresCollisions !== campaign.ignoresCollisions)
        throw createCollisionChangeError();
      const launchApproval = await passTransitionGates(c, campaign, transition, input);
      const override = buildRefusalOverrideEntry(c, campaign.id, refusalNote);
      const refusals = { overriddenAt: override?.at ?? campaign.refusalsOverriddenAt ?? 0, override };
      const asked = { ...input, ignoresCollisions, refusals, launchApproval };
      const refusal = await applyTransition(desk, campaign, asked, transition);
      if (refusal === "refusals") {
        return await throwRefusalError(c, {
          to: { campaignId: campaign.id },
          overriddenAt: refusals.overriddenAt,
        });
      }
      if (refusal === "recipients") {
        throw new AppError("conflict", "Add a recipient before you launch.");
      }
      if (refusal === "approval") {
        throw new AppError(
          "conflict",
          "Someone who needs approval was added. Reload the campaign and try again.",
        );
      }
      // Another request changed the campaign first. If the campaign has the requested status
      // anyway, the answer is not a conflict.
      if (refusal === "status" && (await findCampaign(desk.scope, campaign.id))?.status !== status) {
        throw new AppError("conflict", "Someone else changed the campaign. Reload it and try again.");
      }
      const view = await loadCampaignView(desk, campaign.id);
      const resumed =
        transition === "resume"
          ? { ...view.backlog, explanation: formatResumeResult(view, campaign.pauseReason) }
          : null;
      const answer: CampaignStatusResult = { ...view, resumed };
      return c.json(answer);
    },
  )

  /**
   * Undoes a launch if no email has left and no task was closed, or withdraws the request for an
   * approval. A recall of a draft changes nothing, so a recall can be repeated.
   */
  .post("/campaigns/:id/recall", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    if (campaign.status !== "draft") {
      const isRecallable = campaign.status === "active" || campaign.status === "waitingForApproval";
      const refusal = isRecallable ? await recallLaunch(desk, campaign) : "status";
      if (refusal !== null) throw new AppError("conflict", recallRefusals[refusal]);
    }
    return c.json(await loadCampaignView(desk, campaign.id));
  })

  /** Declines the launch of a campaign that waits for approval. The campaign is a draft again. */
  .post(
    "/campaigns/:id/decline",
    requires({ role: "teamLead", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const campaign = await findAccessibleCampaign(c);
      const { note } = await readJson(c, campaignDeclineInput);
      const refusal = await declineLaunch(desk, campaign, note);
      if (refusal !== null) throw new AppError("conflict", "The campaign is no longer waiting for approval.");
      return c.json(await loadCampaignView(desk, campaign.id));
    },
  )

  /**
   * Lets the campaign's emails leave even if the emails are late by more than `maxLatenessHours`.
   */
  .post(
    "/campaigns/:id/confirm-late",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const campaign = await findAccessibleCampaign(c);
      if (campaign.status !== "active") {
        throw new AppError(
          "conflict",
          "Resume the campaign first. You can confirm late emails when you resume it.",
        );
      }
      await allowLateEmails(
        desk.scope,
        campaign.id,
        buildCampaignAuditEntry(desk, campaign, "campaign.lateConfirmed"),
      );
      return c.json(await loadCampaignView(desk, campaign.id));
    },
  );

/**
 * Asks every gate (a check that can forbid emails) about a launch or a resume. Any other change of
 * the status needs no approval.
 */
async function passTransitionGates(
  c: HttpContext,
  campaign: CampaignRow,
  transition: CampaignTransition,
  { ignoresCollisions, listingStatement: statement }: z.output<typeof campaignStatusInput>,
): Promise<LaunchApproval> {
  const desk = getRequestScope(c);
  if (transition !== "launch" && transition !== "resume") {
    await refuseCollisionOverride(desk.scope, ignoresCollisions ?? false);
    return { approval: null, unapproved: [] };
  }
  // A campaign that already ignores collisions (people whom another campaign emails) can be resumed
  // even if the office's policy now forbids ignoring collisions.
  const fromBefore = transition === "launch" && campaign.ignoresCollisions;
  return await passGates(c, {
    action: transition,
    campaign,
    letters: await listCampaignLetters(desk.scope, campaign.id),
    namesSale: async () => (await findNearbySaleNews(desk.scope, campaign.id)) !== null,
    people: await loadGatedPeople(desk, campaign, { action: transition, statement }),
    ignoresCollisions: ignoresCollisions ?? fromBefore,
    loadPersonalLetters: async () =>
      await listPersonalLettersOfCampaign(desk.scope, campaign.id, limits.recipientsPerCampaign),
  });
}

function createTransitionError(campaign: CampaignRow, status: RequestedCampaignStatus): AppError {
  return new AppError("conflict", `A campaign that is ${campaign.status} can't become ${status}.`, {
    status: `can't follow ${campaign.status}`,
  });
}

function createCollisionChangeError(): AppError {
  return new AppError("conflict", "Pause the campaign first; resuming it can change this.", {
    ignoresCollisions: "can be changed only by a launch or a resume",
  });
}

const recallRefusals: Readonly<Record<CampaignStatusConflict, string>> = {
  sent: "An email has already gone out. Stop the campaign instead.",
  tasks: "One of its tasks has already been closed. Stop the campaign instead.",
  status: "Only the launch of an active campaign can be undone.",
  recipients: "Only the launch of an active campaign can be undone.",
  refusals: "Only the launch of an active campaign can be undone.",
  approval: "Only the launch of an active campaign can be undone.",
};

async function declineLaunch(
  desk: RequestScope,
  campaign: CampaignRow,
  note: string,
): Promise<CampaignStatusConflict | null> {
  const { approval } = campaign;
  if (campaign.status !== "waitingForApproval" || approval === null) return "status";
  const change = buildStatusChange(desk, campaign, "draft", "campaign.declined");
  const declined = {
    ...approval,
    verdict: "declined" as const,
    decidedBy: desk.agentId,
    decidedAt: toIso(desk.ctx.now()),
    note,
  };
  return await setCampaignApproval(
    desk.scope,
    { ...change, audit: { ...change.audit, data: { note } } },
    declined,
  );
}

function recallLaunch(desk: RequestScope, campaign: CampaignRow): Promise<CampaignStatusConflict | null> {
  return recallCampaign(desk.scope, buildStatusChange(desk, campaign, "draft", "campaign.recalled"));
}

function buildStatusChange(
  desk: RequestScope,
  campaign: CampaignRow,
  to: CampaignStatus,
  action: string,
): CampaignStatusChange {
  return {
    campaignId: campaign.id,
    from: campaign.status,
    to,
    audit: buildCampaignAuditEntry(desk, campaign, action),
  };
}

async function applyTransition(
  desk: RequestScope,
  campaign: CampaignRow,
  input: z.output<typeof campaignStatusInput> & {
    ignoresCollisions: boolean;
    refusals: NonNullable<CampaignStatusChange["refusals"]>;
    launchApproval: LaunchApproval;
  },
  transition: CampaignTransition,
): Promise<CampaignStatusConflict | null> {
  const change = (action: string) => buildStatusChange(desk, campaign, input.status, action);
  const going = (action: string): CampaignStatusChange => {
    const plain = change(action);
    const data = { ignoresCollisions: input.ignoresCollisions };
    return { ...plain, refusals: input.refusals, audit: { ...plain.audit, data } };
  };
  switch (transition) {
    case "none":
      return null;
    case "launch":
      if (hasCampaignEnded(campaign, desk.ctx.now())) {
        throw new AppError("conflict", "The campaign's end date has passed.", {
          "schedule.endAt": "has passed",
        });
      }
      return input.launchApproval.approval?.verdict === "waiting"
        ? askForApproval(desk, campaign, input.launchApproval.approval)
        : launchCampaign(desk.scope, going("campaign.launched"), await planFirstStep(desk, campaign), {
            endAt: getCampaignEnd(campaign, desk.ctx.now()),
            recallUntil: getRecallEnd(desk.ctx.now(), input.recallSeconds),
            ignoresCollisions: input.ignoresCollisions,
            ...input.launchApproval,
          });
    case "pause":
      return pauseCampaign(desk.scope, change("campaign.paused"));
    case "resume":
      return resumeCampaign(
        desk.scope,
        going("campaign.resumed"),
        input.confirmLate,
        input.ignoresCollisions,
      );
    case "stop":
      return stopCampaign(desk.scope, change("campaign.stopped"));
    case "archive":
      return archiveCampaign(desk.scope, change("campaign.archived"));
  }
}

/** Makes a draft wait for approval. A campaign that already waits stays unchanged. */
async function askForApproval(
  desk: RequestScope,
  campaign: CampaignRow,
  approval: CampaignApproval,
): Promise<CampaignStatusConflict | null> {
  if (campaign.status === "waitingForApproval") return null;
  const change = buildStatusChange(desk, campaign, "waitingForApproval", "campaign.approvalAsked");
  const audit = { ...change.audit, data: { sources: approval.sources } };
  return await setCampaignApproval(desk.scope, { ...change, audit }, approval);
}

/** Returns the planned time of step 1 for every time zone of the campaign's recipients. */
async function planFirstStep({ ctx, scope }: RequestScope, campaign: CampaignRow): Promise<FirstStepPlans> {
  const [zones, [first], tenant] = await Promise.all([
    listRecipientTimeZones(scope, campaign.id),
    listCampaignSteps(scope, campaign.id),
    findTenant(scope),
  ]);
  if (first === undefined || tenant === undefined) throw createNotFoundError();
  const now = ctx.now();
  const timing = { step: first, schedule: buildSchedule(campaign, tenant) };
  const otherwise = getStandInZone(campaign, tenant);
  return {
    zones: planStepInEachZone([...zones, otherwise], timing, now),
    otherwise,
    random: ctx.random(),
    waits: listSourceWaits(tenant.sourceRules),
  };
}
