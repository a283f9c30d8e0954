import { Hono } from "hono";
import type { z } from "zod";
import { hostWebhookInput, hostWebhookPatch, hostWebhookSecretInput } from "../../../shared/host-webhook.ts";
import { retryWithFreshIds } from "../../db/batch-guard.ts";
import {
  createHostWebhook,
  deleteHostWebhook,
  findHostWebhook,
  type HostWebhookChange,
  type HostWebhookRow,
  listHostWebhooks,
  updateHostWebhook,
} from "../../db/host-webhooks.ts";
import { AppError } from "../../domain/errors.ts";
import { openHostCaller } from "../../send/host-call.ts";
import { buildSecretRotation, createHostSecret, sealHostSecret } from "../../send/host-secrets.ts";
import { findHostFault, findUrlFault } from "../../send/public-address.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseId, readJson, refuseFaultyFields } from "../request.ts";
import { toHostWebhookView } from "../views/host-webhook.ts";

/** A webhook gets the events of every property, so a token must cover every property. */
const admin = requires({ role: "admin", property: "every", owner: "anyone" });

export const hostWebhooksRoutes = new Hono<AppEnv>()
  .get("/host-webhooks", admin, async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const rows = await listHostWebhooks(scope);
    return c.json({ items: rows.map((row) => toHostWebhookView(row, ctx.now())), nextCursor: null });
  })

  .post("/host-webhooks", admin, async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, hostWebhookInput);
    await refuseFaultyUrl(desk, input.url);
    const secret = createHostSecret();
    const createdAt = desk.ctx.now();
    const id = await retryWithFreshIds(async () => {
      const fresh = desk.ctx.newId();
      const sealedSecret = await sealHostSecret(desk.ctx, fresh, secret);
      const audit = buildWebhookAuditEntry(desk, "hostWebhook.created", fresh, input);
      const isCreated = await createHostWebhook(
        desk.scope,
        { ...input, id: fresh, sealedSecret, createdAt },
        audit,
      );
      if (!isCreated) throw new AppError("conflict", "Your office has reached the limit for webhooks.");
      return fresh;
    });
    return c.json({ ...(await loadView(desk, id)), secret }, 201);
  })

  .get("/host-webhooks/:id", admin, async (c) => {
    const desk = getRequestScope(c);
    return c.json(await loadView(desk, parseId(c.req.param("id"))));
  })

  .patch("/host-webhooks/:id", admin, async (c) => {
    const desk = getRequestScope(c);
    const row = await findWebhook(desk, parseId(c.req.param("id")));
    const patch = await readJson(c, hostWebhookPatch);
    if (patch.url !== undefined) await refuseFaultyUrl(desk, patch.url);
    const audit = buildWebhookAuditEntry(desk, "hostWebhook.changed", row.id, patch);
    await updateHostWebhook(desk.scope, row.id, buildChange(row, patch, desk.ctx.now()), audit);
    return c.json(await loadView(desk, row.id));
  })

  .delete("/host-webhooks/:id", admin, async (c) => {
    const desk = getRequestScope(c);
    const row = await findWebhook(desk, parseId(c.req.param("id")));
    const audit = buildWebhookAuditEntry(desk, "hostWebhook.deleted", row.id, {});
    await deleteHostWebhook(desk.scope, row.id, audit);
    return c.body(null, 204);
  })

  /** Gives the webhook a new secret. For some hours the old secret signs too. */
  .post("/host-webhooks/:id/secret", admin, async (c) => {
    const desk = getRequestScope(c);
    const row = await findWebhook(desk, parseId(c.req.param("id")));
    const { keepOldHours } = await readJson(c, hostWebhookSecretInput);
    const secret = createHostSecret();
    const sealed = await sealHostSecret(desk.ctx, row.id, secret);
    const change = buildSecretRotation(row, sealed, keepOldHours, desk.ctx.now());
    const audit = buildWebhookAuditEntry(desk, "hostWebhook.secretChanged", row.id, {});
    await updateHostWebhook(desk.scope, row.id, change, audit);
    return c.json({ ...(await loadView(desk, row.id)), secret });
  })

  /** Posts a test event now, also to a disabled webhook, and answers what the receiver said. */
  .post("/host-webhooks/:id/test", admin, async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const row = await findWebhook({ scope }, parseId(c.req.param("id")));
    const call = await openHostCaller(ctx, row);
    const { failure } = await call({
      messageId: `test_${ctx.newId().toString(36)}`,
      type: "webhook.test",
      occurredAt: ctx.now(),
      sequence: null,
      data: { webhookId: row.id },
    });
    return c.json({ failure });
  });

/**
 * Refuses a URL that is not public.
 * @throws AppError invalidRequest
 */
async function refuseFaultyUrl({ ctx }: RequestScope, url: string): Promise<void> {
  const allowsPrivate = ctx.settings.ALLOW_PRIVATE_WEBHOOKS;
  const fault = findUrlFault(url, allowsPrivate) ?? (await findHostFault(url, allowsPrivate));
  refuseFaultyFields(fault === null ? {} : { url: fault });
}

/** Returns the columns to write. A new URL, or enabling the webhook, begins with a clean health. */
function buildChange(
  row: HostWebhookRow,
  { isEnabled, ...given }: z.output<typeof hostWebhookPatch>,
  now: number,
): HostWebhookChange {
  const healthy = { failures: 0, failingSince: null, nextAttemptAt: now };
  const isSwitch = isEnabled !== undefined && isEnabled !== (row.disabledAt === null);
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(isEnabled === true || given.url !== undefined ? healthy : {}),
    ...(isSwitch && isEnabled ? { disabledAt: null, disabledReason: null } : {}),
    ...(isSwitch && !isEnabled ? { disabledAt: now, disabledReason: "admin" as const } : {}),
  };
}

async function findWebhook({ scope }: Pick<RequestScope, "scope">, id: number): Promise<HostWebhookRow> {
  const row = await findHostWebhook(scope, id);
  if (row === undefined) throw createNotFoundError();
  return row;
}

async function loadView(desk: RequestScope, id: number) {
  return toHostWebhookView(await findWebhook(desk, id), desk.ctx.now());
}

/** Builds an audit entry with the names of the changed fields, because a URL can hold a secret. */
function buildWebhookAuditEntry(desk: RequestScope, action: string, id: number, given: object) {
  return buildAuditEntry(desk, action, `host_webhooks/${id}`, { fields: Object.keys(given) });
}
