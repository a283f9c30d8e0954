import { Hono } from "hono";
import type { WebhookRegistrationAnswer } from "../../../shared/provider-webhook.ts";
import { registerWebhooks } from "../../accounts/register-webhooks.ts";
import { findTenantAccount } from "../../db/provider-accounts.ts";
import { AppError } from "../../domain/errors.ts";
import type { WebhookChange } from "../../providers/provider.ts";
import { getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseId, refuseFaultyFields } from "../request.ts";

/** Registers our webhook at the account's service. */
export const webhookRegistrationRoutes = new Hono<AppEnv>().post(
  "/provider-accounts/:id/webhooks",
  requires({ role: "admin", property: "none", owner: "anyone" }),
  async (c) => {
    const { ctx, scope, agentId } = getRequestScope(c);
    const row = await findTenantAccount(scope, parseId(c.req.param("id")));
    if (row === undefined) throw createNotFoundError();
    const webhookUrl = `${ctx.settings.PUBLIC_URL}/webhooks/email-status/${row.id}`;
    const answer = await registerWebhooks(
      ctx,
      row,
      webhookUrl,
      buildAuditEntry({ ctx, agentId }, "providerAccount.webhooksRegistered", `provider_accounts/${row.id}`),
    );
    switch (answer.kind) {
      case "registered":
        return c.json(toProviderWebhooksView(webhookUrl, answer.webhooks));
      case "notNeeded":
        return c.json({ result: "notNeeded", webhookUrl, webhooks: [] } satisfies WebhookRegistrationAnswer);
      case "noSigningKey":
        return refuseFaultyFields({
          "credentials.webhookSigningKey": "is required first: without it, posted events can't be verified",
        });
      case "refused":
        throw new AppError(
          "conflict",
          `The service refused (${answer.detail}). The API key needs permission to change webhooks.`,
        );
      case "unavailable":
        throw new AppError(
          "unavailable",
          `The service gave an unexpected answer (${answer.detail}). Try again: anything already registered stays.`,
        );
    }
  },
);

function toProviderWebhooksView(
  webhookUrl: string,
  webhooks: readonly WebhookChange[],
): WebhookRegistrationAnswer {
  const isComplete = webhooks.every(({ change }) => change !== "full");
  return {
    result: isComplete ? "registered" : "incomplete",
    webhookUrl,
    webhooks: webhooks.map((webhook) => ({ ...webhook, message: messages[webhook.change] })),
  };
}

const messages: Readonly<Record<WebhookChange["change"], string>> = {
  created: "Our address is registered; there was none before.",
  updated: "Our address is registered alongside what was there.",
  kept: "Our address was registered already.",
  full: "The service doesn't take any more addresses, and all the ones it has belong to others. Remove one there and try again.",
};
