import { Hono } from "hono";
import { limits } from "../../../shared/limits.ts";
import {
  type RecipientAction,
  recipientActions,
  recipientPatch,
  snoozeInput,
} from "../../../shared/recipient.ts";
import { findCampaign } from "../../db/campaigns.ts";
import { loadCandidates } from "../../db/candidates.ts";
import { performRecipientAction, snoozeRecipient, unsnoozeRecipient } from "../../db/recipient-actions.ts";
import { type CorrectionConflict, correctRecipient } from "../../db/recipient-corrections.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { checkRecipientAction, findFutureConsentFaults, getStandInZone } from "../../domain/recipient.ts";
import { isTemplateDataOversized } from "../../domain/recipient-data.ts";
import type { Candidate } from "../../domain/send/candidate.ts";
import {
  buildCorrectedRecipient,
  type CorrectedRecipient,
  isAddressReplaceable,
  isPausedByEmail,
  type RecipientCorrection,
  releaseHeldRecipient,
} from "../../domain/send/correction.ts";
import { planSnoozeEnd, planStepWithoutSnooze } from "../../domain/send/sequence.ts";
import { labelVariable } from "../../mail/merge-data/variable-labels.ts";
import { findMissingVariablesOfHeld, loadStepMissingVariables } from "../../send/missing-values.ts";
import { findAccessibleRecipient, getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { buildRecipientAuditEntry, loadRecipientDetail, reloadRecipientDetail } from "../recipient-detail.ts";
import { type AppEnv, createNotFoundError, readJson, refuseFaultyFields } from "../request.ts";

export const recipientsRoutes = new Hono<AppEnv>();

recipientsRoutes.get(
  "/recipients/:id",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => c.json(await loadRecipientDetail(getRequestScope(c), await findAccessibleRecipient(c))),
);

for (const action of recipientActions) {
  recipientsRoutes.post(
    `/recipients/:id/${action}`,
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const recipient = await findAccessibleRecipient(c);
      await applyRecipientAction(desk, recipient, action);
      return c.json(await reloadRecipientDetail(desk, recipient.id));
    },
  );
}

recipientsRoutes.patch(
  "/recipients/:id",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const patch = await readJson(c, recipientPatch);
    const hasEnded = recipient.status === "completed" || recipient.status === "stopped";
    if (hasEnded) refuseUnlessReplacement(recipient, patch, desk.ctx.now());
    await applyRecipientPatch(desk, recipient, patch, hasEnded ? desk.ctx.now() : null);
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  },
);

recipientsRoutes.post(
  "/recipients/:id/snooze",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const { days } = await readJson(c, snoozeInput);
    const [candidate] = await loadCandidates(desk.scope.db, [recipient.id], desk.scope.tenantId);
    if (candidate === undefined) throw createNotFoundError();
    const until = planSnoozeEnd(candidate, desk.ctx.now(), days);
    const audit = { ...buildRecipientAuditEntry(desk, recipient, "recipient.snooze"), data: { days } };
    if (!(await snoozeRecipient(desk.scope, recipient.id, until, audit))) {
      throw new AppError("conflict", "Only an active recipient can be snoozed.");
    }
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  },
);

/**
 * Refuses a change to a recipient who has finished the campaign, unless the change replaces an
 * address that has bounced.
 * @throws AppError conflict
 */
function refuseUnlessReplacement(recipient: RecipientRow, { email }: RecipientCorrection, now: number): void {
  if (!isAddressReplaceable(recipient, now))
    throw new AppError("conflict", "This recipient has finished the campaign.");
  if (email !== undefined && email !== recipient.email) return;
  const message = "Emails to this recipient bounced. Enter another address first.";
  throw new AppError("conflict", message, { email: "must be another address" });
}

/**
 * @param replacedAt now, if the correction replaces an address that has bounced; otherwise null
 */
async function applyRecipientPatch(
  desk: RequestScope,
  recipient: RecipientRow,
  correction: RecipientCorrection,
  replacedAt: number | null,
): Promise<void> {
  const { ctx, scope } = desk;
  const [[candidate], campaign, tenant] = await Promise.all([
    loadCandidates(scope.db, [recipient.id], scope.tenantId),
    findCampaign(scope, recipient.campaignId),
    findTenant(scope),
  ]);
  if (candidate === undefined || campaign === undefined || tenant === undefined) throw createNotFoundError();
  const { consent = null } = correction;
  const [fault] = Object.values(findFutureConsentFaults([{ consent }], ctx.now()));
  if (fault !== undefined) refuseFaultyFields({ "consent.at": fault });
  const zones = { source: recipient.timeZoneSource, otherwise: getStandInZone(campaign, tenant) };
  const corrected = buildCorrectedRecipient(candidate, correction, zones, ctx.now(), ctx.random());
  refuseOversizedData(corrected);
  const change = await releaseIfComplete(desk, candidate, corrected);
  const action = replacedAt === null ? "recipient.corrected" : "recipient.addressReplaced";
  const data = { fields: Object.keys(correction), ...(consent === null ? {} : { consent }) };
  const audit = { ...buildRecipientAuditEntry(desk, recipient, action), data };
  const refusal = await correctRecipient(scope, candidate.recipient, change, audit, {
    propertyId: recipient.propertyId,
    overriddenAt: campaign.refusalsOverriddenAt ?? 0,
    replacedAt,
  });
  if (refusal === "changed") {
    throw new AppError("conflict", "This recipient changed in the meantime. Reload and try again.");
  }
  if (refusal !== null) {
    const message = "The email address can't be changed to this one.";
    throw new AppError("conflict", message, { email: addressRefusals[refusal] });
  }
}

function refuseOversizedData({ data }: CorrectedRecipient): void {
  if (!isTemplateDataOversized(data)) return;
  const message = `must be at most ${limits.templateDataBytes} bytes together with property`;
  refuseFaultyFields({ templateData: message });
}

/**
 * Returns the change to write. The change also releases a recipient that was paused because of the
 * next email, if the email now lacks no value.
 */
async function releaseIfComplete(
  { ctx, scope }: RequestScope,
  candidate: Candidate,
  change: CorrectedRecipient,
): Promise<CorrectedRecipient> {
  if (!isPausedByEmail(candidate)) return change;
  const { email, name, data } = change;
  const filled = { ...candidate, recipient: { ...candidate.recipient, email, name, data } };
  const [steps] = await loadStepMissingVariables(scope, candidate.recipient.campaignId, [filled]);
  const isComplete = steps?.[0]?.missing.length === 0;
  return isComplete ? releaseHeldRecipient(change, candidate, ctx.now()) : change;
}

const addressRefusals: Readonly<Record<Exclude<CorrectionConflict, "changed">, string>> = {
  sent: "can't be changed: they've already been emailed",
  duplicate: "is already a recipient of this campaign",
  suppressed: "can't be emailed: it opted out, bounced, or marked an email as spam",
  refusals: "can't be emailed about this property: someone there said no",
};

/** Ends a recipient's snooze, and plans the next email as if there had been no snooze. */
async function endSnooze(desk: RequestScope, recipient: RecipientRow): Promise<boolean> {
  const { ctx, scope } = desk;
  const [candidate] = await loadCandidates(scope.db, [recipient.id], scope.tenantId);
  if (candidate === undefined) throw createNotFoundError();
  const at = planStepWithoutSnooze(candidate, ctx.now(), ctx.random());
  return unsnoozeRecipient(
    scope,
    recipient.id,
    at,
    buildRecipientAuditEntry(desk, recipient, "recipient.resume"),
  );
}

async function applyRecipientAction(
  desk: RequestScope,
  recipient: RecipientRow,
  action: RecipientAction,
): Promise<void> {
  const { ctx, scope } = desk;
  const isSnoozed = recipient.snoozedUntil !== null && recipient.snoozedUntil > ctx.now();
  const effect = checkRecipientAction(action, recipient.status, isSnoozed);
  if (effect === "none") return;
  if (effect === "refuse") {
    throw new AppError("conflict", refusalWords[action]);
  }
  const { id, campaignId } = recipient;
  if (action === "resume" && recipient.status === "paused") await refuseIncomplete(desk, recipient);
  const isDone =
    action === "resume" && recipient.status === "active"
      ? await endSnooze(desk, recipient)
      : await performRecipientAction(
          scope,
          { id, campaignId, action },
          buildRecipientAuditEntry(desk, recipient, `recipient.${action}`),
        );
  if (!isDone) {
    throw new AppError("conflict", "This recipient changed in the meantime. Reload and try again.");
  }
}

/**
 * Refuses to resume a recipient whose next email still lacks a value.
 * @throws AppError conflict
 */
async function refuseIncomplete({ scope }: RequestScope, { id, campaignId }: RecipientRow): Promise<void> {
  const candidates = await loadCandidates(scope.db, [id], scope.tenantId);
  const missing = (await findMissingVariablesOfHeld(scope, campaignId, candidates)).get(id);
  if (missing === undefined) return;
  const details = missing.map(labelVariable).join(", ");
  throw new AppError(
    "conflict",
    `Their next email is missing: ${details}. Fill this in, and their emails continue.`,
  );
}

const refusalWords: Readonly<Record<RecipientAction, string>> = {
  pause: "Only an active recipient can be paused.",
  resume: "Only a paused recipient can be resumed.",
  stop: "This recipient has finished the campaign, so there’s nothing to stop.",
};
