import { Hono } from "hono";
import type { z } from "zod";
import {
  type CampaignSendNowPreview,
  campaignSendNowInput,
  recipientSendNowInput,
  type SendNowPreview,
} from "../../../shared/send-now.ts";
import type { Scope } from "../../db/scope.ts";
import {
  countRecipientsToSendNow,
  listRecipientsToSendNow,
  makeCampaignDueNow,
  makeRecipientDueNow,
  recallSendNowOfCampaign,
  recallSendNowOfRecipient,
  type SendNowRequest,
} from "../../db/send-now.ts";
import { hasStepBegun, loadStepPositions, type StepPositionLookup } from "../../db/step-order.ts";
import { findTenant } from "../../db/tenants.ts";
import { buildSchedule } from "../../domain/campaign.ts";
import { AppError } from "../../domain/errors.ts";
import { getStandInZone } from "../../domain/recipient.ts";
import { findWindowOpening, isWindowOpen } from "../../domain/schedule/schedule.ts";
import { findListingFinding } from "../../domain/send/candidate-listing.ts";
import { formatForecast } from "../../domain/send/explanations.ts";
import { forecastSendNow, type SendNowForecast } from "../../send/send-now.ts";
import { findAccessibleCampaign, findAccessibleRecipient, getRequestScope } from "../access.ts";
import { buildCampaignAuditEntry, loadCampaignView } from "../campaign-view.ts";
import { findHoldSubject } from "../hold-subject.ts";
import { requires } from "../permissions.ts";
import { buildRecipientAuditEntry, reloadRecipientDetail } from "../recipient-detail.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { toIso } from "../views/instant.ts";

/** The number of recipients whose names the preview of a campaign shows. */
const namedRecipients = 10;

const readers = { role: "viewer", property: "own", owner: "anyone" } as const;
const agents = { role: "agent", property: "own", owner: "anyone" } as const;

/**
 * Routes of "send now": the preview, the request and the undo. "Send now" overrides only a step's
 * delay and conditions and, if the agent says so, the sending hours.
 */
export const sendNowRoutes = new Hono<AppEnv>()
  .get("/recipients/:id/send-now", requires(readers), async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const { id } = await findAccessibleRecipient(c);
    const [forecast] = await forecastSendNow(ctx, scope, [id]);
    if (forecast === undefined) throw createNotFoundError();
    return c.json(toPreview(forecast, await loadPositions(scope, [forecast]), ctx.now()));
  })

  .post("/recipients/:id/send-now", requires(agents), async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const input = await readInput(c, recipientSendNowInput);
    const { stepNumber = null } = input;
    const isNext = stepNumber === null || stepNumber === recipient.nextStep;
    if (!isNext && !(await hasStepBegun(desk.scope, recipient.id, stepNumber))) {
      refuseFaultyFields({ stepNumber: `must be the next step, which is ${recipient.nextStep}` });
    }
    if (isNext) {
      if (recipient.status !== "active" || recipient.campaignStatus !== "active") {
        throw new AppError("conflict", "Send now works only for an active recipient of an active campaign.");
      }
      const audit = buildRecipientAuditEntry(desk, recipient, "recipient.send-now");
      const target = { id: recipient.id, campaignId: recipient.campaignId, stepNumber };
      await makeRecipientDueNow(desk.scope, target, toRequest(input, audit.at), audit);
    }
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  })

  .post("/recipients/:id/send-now/recall", requires(agents), async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const audit = buildRecipientAuditEntry(desk, recipient, "recipient.sendNowRecalled");
    if (!(await recallSendNowOfRecipient(desk.scope, recipient.id, audit))) throw createTooLateError();
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  })

  .get("/campaigns/:id/send-now", requires(readers), async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    const now = ctx.now();
    const [counts, ids, tenant] = await Promise.all([
      countRecipientsToSendNow(scope, campaign.id, now),
      listRecipientsToSendNow(scope, campaign.id, now, namedRecipients),
      findTenant(scope),
    ]);
    if (tenant === undefined) throw createNotFoundError();
    const schedule = buildSchedule(campaign, tenant);
    const otherwise = getStandInZone(campaign, tenant);
    const outside = counts.filter(({ timeZone }) => !isWindowOpen(now, timeZone ?? otherwise, schedule));
    const items = await forecastSendNow(ctx, scope, ids);
    const positionOf = await loadPositions(scope, items);
    const answer: CampaignSendNowPreview = {
      recipients: sumCounts(counts),
      outsideHours: sumCounts(outside),
      items: items.map((one) => toPreview(one, positionOf, now)),
    };
    return c.json(answer);
  })

  .post("/campaigns/:id/send-now", requires(agents), async (c) => {
    const desk = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    const input = await readInput(c, campaignSendNowInput);
    if (campaign.status !== "active") {
      throw new AppError("conflict", "Only an active campaign can send now.");
    }
    const audit = buildCampaignAuditEntry(desk, campaign, "campaign.sendNow");
    await makeCampaignDueNow(desk.scope, campaign.id, toRequest(input, audit.at), audit);
    return c.json(await loadCampaignView(desk, campaign.id));
  })

  .post("/campaigns/:id/send-now/recall", requires(agents), async (c) => {
    const desk = getRequestScope(c);
    const campaign = await findAccessibleCampaign(c);
    const audit = buildCampaignAuditEntry(desk, campaign, "campaign.sendNowRecalled");
    if (!(await recallSendNowOfCampaign(desk.scope, campaign.id, audit))) throw createTooLateError();
    return c.json(await loadCampaignView(desk, campaign.id));
  });

/** Reads a JSON body. A missing body counts as an empty object. */
async function readInput<Schema extends z.ZodType>(
  c: HttpContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const isEmpty = c.req.raw.body === null || c.req.header("content-length") === "0";
  return isEmpty ? schema.parse({}) : await readJson(c, schema);
}

function toRequest(input: z.output<typeof campaignSendNowInput>, now: number): SendNowRequest {
  return { sendNow: input.ignoresHours ? 2 : 1, dueAt: now + input.recallSeconds * 1000 };
}

const createTooLateError = () =>
  new AppError("conflict", "It’s too late to undo this. The email is on its way.");

const sumCounts = (counts: readonly { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);

const loadPositions = (scope: Scope, forecasts: readonly SendNowForecast[]) =>
  loadStepPositions(scope, [...new Set(forecasts.map(({ candidate }) => candidate.recipient.campaignId))]);

function toPreview(forecast: SendNowForecast, positionOf: StepPositionLookup, now: number): SendNowPreview {
  const { candidate, subject, isInsideHours } = forecast;
  const { recipient, campaign, step } = candidate;
  return {
    recipientId: recipient.id,
    name: recipient.name,
    email: recipient.email,
    stepNumber: recipient.nextStep,
    position: positionOf(recipient.campaignId, recipient.nextStep),
    stepKind: step?.kind ?? null,
    subject,
    timeZone: recipient.timeZone,
    hoursOpenAt: isInsideHours ? null : toIso(findWindowOpening(now, recipient.timeZone, campaign)),
    hasConditions: step !== null && Object.keys(step.conditions).length > 0,
    hold: toHold(forecast, now),
  };
}

function toHold({ candidate, decision }: SendNowForecast, now: number): SendNowPreview["hold"] {
  if (!("reason" in decision)) return null;
  const { reason } = decision;
  const finding = findListingFinding(candidate, reason, now);
  return {
    reason,
    message: finding?.message ?? formatForecast("held", reason, findHoldSubject(candidate, reason, now)),
    listing: finding?.reason ?? null,
  };
}
