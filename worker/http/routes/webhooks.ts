import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { pauseSuspendedAccount } from "../../accounts/status.ts";
import { AppError } from "../../domain/errors.ts";
import { maxInboundPostBytes } from "../../mail/inbound/form.ts";
import type { UnsealedAccount, WebhookRequest } from "../../providers/provider.ts";
import { handleInboundPost, type RefusedInboundPost } from "../../receive/inbound.ts";
import { recordEvents } from "../../receive/record-events.ts";
import { verifyAndRecordPost } from "../../receive/webhook-guard.ts";
import { loadUnsealedWebhookAccount } from "../access.ts";
import { httpStatusByErrorCode } from "../errors.ts";
import { allowAnybody } from "../permissions.ts";
import { type AppEnv, readWholeBody } from "../request.ts";

const eventPostBytes = 5_000_000;

/*
 * Routes of the mail services' webhooks. Raw bytes are verified before any parsing. Status 200
 * means that the events are in D1, or in the queue if D1 refuses the events. A 4xx status is a
 * final refusal, and a 5xx status asks the service to post again later.
 */
export const webhooksRoutes = new Hono<AppEnv>()
  .post("/email-status/:account", allowAnybody, async (c) =>
    answerPost(c, eventPostBytes, async (account, request) => {
      const ctx = c.get("ctx");
      if (!(await verifyAndRecordPost(ctx, account, request))) throw createSignatureError();
      const found = await ctx.providers[account.provider].normalize(request, ctx.now());
      await recordEvents(ctx, { tenantId: account.tenantId, source: account.provider }, found.events);
      await pauseSuspendedAccount(ctx, account, found.accountStatuses ?? []);
      return { accepted: found.events.length, broken: found.broken };
    }),
  )

  .post("/inbound/:account", allowAnybody, async (c) =>
    answerPost(c, maxInboundPostBytes, async (account, request) => {
      const received = await handleInboundPost(c.get("ctx"), account, request);
      if (received.kind === "refused") throw refusals[received.reason]();
      return { result: received.kind };
    }),
  );

async function answerPost(
  c: Context<AppEnv>,
  maxBytes: number,
  take: (account: UnsealedAccount, request: WebhookRequest) => Promise<Record<string, unknown>>,
): Promise<Response> {
  let account: UnsealedAccount | null = null;
  try {
    account = await loadUnsealedWebhookAccount(c);
    return c.json(await take(account, await readWebhookRequest(c, maxBytes)));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return c.json({ result: error.code }, chooseRefusalStatus(account, error));
  }
}

async function readWebhookRequest(c: Context<AppEnv>, maxBytes: number): Promise<WebhookRequest> {
  return {
    headers: c.req.raw.headers,
    body: await readWholeBody(c.req.raw, maxBytes),
    url: new URL(c.req.url),
  };
}

function createSignatureError(): AppError {
  return new AppError("badSignature", "The signature is invalid.");
}

const refusals: Readonly<Record<RefusedInboundPost["reason"], () => AppError>> = {
  wrongKey: () => new AppError("badSignature", "The key in the address is invalid."),
  wrongSignature: createSignatureError,
  unreadable: () => new AppError("invalidRequest", "The body is neither a form nor an email."),
};

/**
 * Returns the HTTP status of a refusal. Mailgun stops retrying only on 406, and SendGrid retries
 * after any refusal. A post to an unknown account may come from Mailgun, so the post is answered
 * with 406.
 * @see https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhooks
 */
function chooseRefusalStatus(account: UnsealedAccount | null, error: AppError): ContentfulStatusCode {
  const isOurFault = httpStatusByErrorCode[error.code] >= 500;
  if (!isOurFault && (account === null || account.provider === "mailgun")) return 406;
  return httpStatusByErrorCode[error.code];
}
