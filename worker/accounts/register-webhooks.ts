import type { Ctx } from "../context.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { type ProviderAccountRow, updateAccount } from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import { unsealCredentials } from "../providers/credentials.ts";
import type { Credentials, WebhookRegistration } from "../providers/provider.ts";
import { sealAccountCredentials } from "./check.ts";

/**
 * The time limit of a registration. The limit is long, because Mailgun needs a call for each kind
 * of event.
 */
const registrationTimeoutMs = 25_000;

/** `noSigningKey`: the account lacks the key that verifies Mailgun's posts. */
export type WebhookRegistrationResult = WebhookRegistration | { kind: "noSigningKey" };

/**
 * Registers our webhook at the account's service and stores the key that verifies the service's
 * posts. A repeated call has the same result.
 */
export async function registerWebhooks(
  ctx: Ctx,
  row: ProviderAccountRow,
  url: string,
  audit: AuditEntry,
): Promise<WebhookRegistrationResult> {
  const { id, tenantId, provider } = row;
  const credentials = await unsealCredentials(ctx.settings.CREDENTIALS_KEY, id, row.sealedCredentials);
  if (credentials.provider === "mailgun" && credentials.webhookSigningKey === null) {
    return { kind: "noSigningKey" };
  }
  const account = { id, tenantId, provider, credentials };
  const answer = await ctx.providers[provider].registerWebhooks(url, account, registrationTimeoutMs);
  if (answer.kind !== "registered") return answer;
  const isComplete = answer.webhooks.every(({ change }) => change !== "full");
  const known = replacePublicKey(credentials, answer.publicKey);
  const change = {
    ...(isComplete ? { webhooksRegisteredAt: ctx.now() } : {}),
    ...(known === null ? {} : { sealedCredentials: await sealAccountCredentials(ctx, id, known) }),
  };
  if (Object.keys(change).length > 0) await updateAccount(createScope(ctx.db, tenantId), id, change, audit);
  return answer;
}

/** Returns the credentials with the new public key, or null if nothing changes. */
function replacePublicKey(credentials: Credentials, publicKey: string | undefined): Credentials | null {
  if (credentials.provider !== "sendgrid" || publicKey === undefined) return null;
  return credentials.webhookPublicKey === publicKey ? null : { ...credentials, webhookPublicKey: publicKey };
}
