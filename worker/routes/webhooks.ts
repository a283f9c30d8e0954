import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { webhookAccount } from "../access.ts";
import type { Ctx } from "../context.ts";
import { scopeOf } from "../db/scope.ts";
import { rememberWebhook } from "../db/webhook-replays.ts";
import { AppError, statusOf } from "../domain/errors.ts";
import { handleInboundPost } from "../engine/inbound.ts";
import { type AppEnv, readBytes } from "../http.ts";
import { takeIn } from "../intake.ts";
import type { OpenAccount, WebhookRequest } from "../providers/provider.ts";

const maxBytes = 5_000_000;

/*
 * What services post to us. The raw bytes are verified before anything reads them, and 200 is answered only once the
 * events are in the queue or in D1: any other answer makes the service send them again.
 */
export const webhooks = new Hono<AppEnv>()
  .post("/email-status/:account", async (c) => {
    const ctx = c.get("ctx");
    const account = await webhookAccount(c);
    const request = await requestOf(c);
    if (!(await isGenuine(ctx, account, request))) return c.json({ accepted: 0 }, refusalStatus(account));
    const { events, broken } = await ctx.providers[account.provider].normalize(request, ctx.now());
    await takeIn(ctx, { tenantId: account.tenantId, source: account.provider }, events);
    return c.json({ accepted: events.length, broken });
  })

  .post("/inbound/:account", async (c) => {
    const account = await webhookAccount(c);
    const request = await requestOf(c);
    try {
      const { kind } = await handleInboundPost(c.get("ctx"), account, request);
      return c.json({ result: kind });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const status = error.code === "badSignature" ? refusalStatus(account) : statusOf[error.code];
      return c.json({ result: error.code }, status);
    }
  });

async function requestOf(c: Context<AppEnv>): Promise<WebhookRequest> {
  return {
    headers: c.req.raw.headers,
    body: await readBytes(c.req.raw, maxBytes),
    url: new URL(c.req.url),
  };
}

async function isGenuine(ctx: Ctx, account: OpenAccount, request: WebhookRequest): Promise<boolean> {
  const verified = await ctx.providers[account.provider].verify(request, account, ctx.now());
  if (!verified.ok) return false;
  if (verified.replay === undefined) return true;
  return rememberWebhook(scopeOf(ctx.db, account.tenantId), {
    accountId: account.id,
    ...verified.replay,
    id: ctx.newId(),
    at: ctx.now(),
  });
}

/** Mailgun gives up on 406 and tries anything else again for hours. */
function refusalStatus(account: OpenAccount): ContentfulStatusCode {
  return account.provider === "mailgun" ? 406 : 403;
}
