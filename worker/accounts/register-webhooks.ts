import type { Ctx } from "../context.ts";
import type { AuditEntry } from "../db/audit-log.ts";
import { type ProviderAccountRow, updateAccount } from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import { openCredentials } from "../providers/credentials.ts";
import type { Credentials, WebhookRegistration } from "../providers/provider.ts";
import { sealAccount } from "./check.ts";

/** Mailgun is called once for each kind of event. */
const registrationTimeoutMs = 25_000;

/** noSigningKey: nothing Mailgun posts could be believed. */
export type Registered = WebhookRegistration | { kind: "noSigningKey" };

/**
 * Registers our webhook at the account's service and keeps the key that its posts are verified with. Doing it twice
 * changes nothing more.
 */
export async function registerWebhooks(
  ctx: Ctx,
  row: ProviderAccountRow,
  url: string,
  audit: AuditEntry,
): Promise<Registered> {
  const { id, tenantId, provider } = row;
  const credentials = await openCredentials(ctx.settings.CREDENTIALS_KEY, id, row.sealedCredentials);
  if (credentials.provider === "mailgun" && credentials.webhookSigningKey === null) {
    return { kind: "noSigningKey" };
  }
  const account = { id, tenantId, provider, credentials };
  const answer = await ctx.providers[provider].registerWebhooks(url, account, registrationTimeoutMs);
  if (answer.kind !== "registered") return answer;
  const isComplete = answer.webhooks.every(({ change }) => change !== "full");
  const known = withPublicKey(credentials, answer.publicKey);
  const change = {
    ...(isComplete ? { webhooksRegisteredAt: ctx.now() } : {}),
    ...(known === null ? {} : { sealedCredentials: await sealAccount(ctx, id, known) }),
  };
  if (Object.keys(change).length > 0) await updateAccount(createScope(ctx.db, tenantId), id, change, audit);
  return answer;
}

/** The credentials with another key; null where they have it already. */
function withPublicKey(credentials: Credentials, publicKey: string | undefined): Credentials | null {
  if (credentials.provider !== "sendgrid" || publicKey === undefined) return null;
  return credentials.webhookPublicKey === publicKey ? null : { ...credentials, webhookPublicKey: publicKey };
}
