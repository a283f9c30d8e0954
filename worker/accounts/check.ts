import { dayMs } from "../../shared/time-lengths.ts";
import type { Ctx } from "../context.ts";
import {
  type CircuitChange,
  listSiblingAccounts,
  type ProviderAccountRow,
  updateAccount,
} from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import { sealCredentials, unsealCredentials } from "../providers/credentials.ts";
import type { Credentials, SendingIdentities } from "../providers/provider.ts";

const checkTimeoutMs = 10_000;
/**
 * The age after which the service is asked again for an account's verified domains. A day is soon
 * enough, because verifying a domain is manual work that takes days.
 */
const staleMs = dayMs;

export async function sealAccountCredentials(
  ctx: Ctx,
  accountId: number,
  credentials: Credentials,
): Promise<string> {
  return await sealCredentials(ctx.settings.CREDENTIALS_KEY, accountId, credentials);
}

/**
 * Asks the email service from which domains the account may send, and stores these domains. If the
 * service does not answer, the stored domains stay.
 */
export async function refreshVerifiedDomains(ctx: Ctx, row: ProviderAccountRow): Promise<SendingIdentities> {
  const { id, tenantId, provider, sealedCredentials } = row;
  const credentials = await unsealCredentials(ctx.settings.CREDENTIALS_KEY, id, sealedCredentials);
  const timeoutMs = Math.min(checkTimeoutMs, ctx.settings.PROVIDER_TIMEOUT_MS);
  const answer = await ctx.providers[provider].listIdentities(
    { id, tenantId, provider, credentials },
    timeoutMs,
  );
  if (answer.kind === "known") {
    const change = { verifiedDomains: answer.identities, domainsCheckedAt: ctx.now() };
    await updateAccount(createScope(ctx.db, tenantId), id, change, null);
  }
  return answer;
}

/**
 * Refreshes the verified domains of the accounts that may stand in for a failed account. Skips an
 * account whose domains were checked less than a day ago. An account replaces another account only
 * for senders at its verified domains.
 */
export async function refreshStandInDomains(ctx: Ctx, changes: readonly CircuitChange[]): Promise<void> {
  const failed = changes.filter(({ to }) => to.failures > 0).map(({ accountId }) => accountId);
  const accounts = await listSiblingAccounts(ctx.db, failed);
  const isStale = ({ domainsCheckedAt }: ProviderAccountRow) =>
    domainsCheckedAt === null || domainsCheckedAt < ctx.now() - staleMs;
  const standIns = accounts.filter((row) => !row.isPaused && isStale(row));
  for (const row of standIns) {
    const answer = await refreshVerifiedDomains(ctx, row);
    if (answer.kind !== "unavailable") continue;
    const msg = "can't tell whether this account may stand in";
    const { id: accountId, provider } = row;
    console.error(JSON.stringify({ level: "error", msg, accountId, provider, detail: answer.detail }));
  }
}
