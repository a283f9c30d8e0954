import { Hono } from "hono";
import { z } from "zod";
import { hostRedeliveryInput } from "../../../shared/host-webhook.ts";
import { listLoggedEvents, redeliverHostEvent } from "../../db/host-events.ts";
import { findHostWebhook, type HostWebhookRow, updateHostWebhook } from "../../db/host-webhooks.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  buildPage,
  createNotFoundError,
  pageQueryFields,
  parseId,
  parseInput,
  readJson,
} from "../request.ts";
import { toHostDeliveryView, toHostWebhookView } from "../views/host-webhook.ts";

const pageSize = 50;
const listQuery = z.object(pageQueryFields);
const admin = requires({ role: "admin", property: "every", owner: "anyone" });

export const hostDeliveriesRoutes = new Hono<AppEnv>()
  /** Lists the stored events that the webhook wants, newest first, with the state of each. */
  .get("/host-webhooks/:id/deliveries", admin, async (c) => {
    const { scope } = getRequestScope(c);
    const webhook = await findWebhook({ scope }, c.req.param("id"));
    const { limit = pageSize, cursor } = parseInput(listQuery, c.req.query());
    const rows = await listLoggedEvents(scope, webhook.id, {
      before: cursor === undefined ? null : Number(cursor),
      limit: limit + 1,
      types: webhook.eventTypes,
    });
    const page = rows.map((row) => ({ ...row, id: row.sequence }));
    return c.json(buildPage(page, limit, (row) => toHostDeliveryView(webhook, row)));
  })

  /** Delivers one stored event again, with the same id as before. */
  .post("/host-webhooks/:id/deliveries/:sequence/redeliver", admin, async (c) => {
    const desk = getRequestScope(c);
    const webhook = await findWebhook(desk, c.req.param("id"));
    const sequence = parseId(c.req.param("sequence"));
    const audit = buildRedeliveryAuditEntry(desk, webhook, sequence);
    if (!(await redeliverHostEvent(desk.scope, webhook.id, sequence, audit))) throw createNotFoundError();
    return c.body(null, 204);
  })

  /** Delivers every stored event from a number on again, in order. */
  .post("/host-webhooks/:id/redeliver", admin, async (c) => {
    const desk = getRequestScope(c);
    const webhook = await findWebhook(desk, c.req.param("id"));
    const { fromSequence } = await readJson(c, hostRedeliveryInput);
    const deliveredTo = Math.min(webhook.deliveredTo, fromSequence - 1);
    const audit = buildRedeliveryAuditEntry(desk, webhook, fromSequence);
    await updateHostWebhook(desk.scope, webhook.id, { deliveredTo, nextAttemptAt: desk.ctx.now() }, audit);
    return c.json(toHostWebhookView({ ...webhook, deliveredTo }, desk.ctx.now()));
  });

async function findWebhook(
  { scope }: Pick<RequestScope, "scope">,
  id: string | undefined,
): Promise<HostWebhookRow> {
  const row = await findHostWebhook(scope, parseId(id));
  if (row === undefined) throw createNotFoundError();
  return row;
}

function buildRedeliveryAuditEntry(desk: RequestScope, { id }: HostWebhookRow, sequence: number) {
  return buildAuditEntry(desk, "hostWebhook.redelivered", `host_webhooks/${id}`, { sequence });
}
