import type { Ctx } from "../context.ts";
import { buildAuditEntryInsert } from "../db/audit-log.ts";
import { buildAccountPause, findAccountOfAnyTenant } from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import type { ReportedAccountStatus, UnsealedAccount } from "../providers/provider.ts";

/**
 * Pauses an account that its service reports as suspended. The account stays paused until an admin
 * resumes the account. A report of another state resumes no account, because the service may repeat
 * an old report.
 */
export async function pauseSuspendedAccount(
  ctx: Ctx,
  { id, tenantId, provider }: Pick<UnsealedAccount, "id" | "tenantId" | "provider">,
  statuses: readonly ReportedAccountStatus[],
): Promise<void> {
  if (statuses.length === 0) return;
  console.warn(
    JSON.stringify({ level: "warn", msg: "account status changed", account: id, provider, statuses }),
  );
  if (!statuses.includes("suspended")) return;
  const account = await findAccountOfAnyTenant(ctx.db, id);
  if (account === undefined || account.isPaused) return;
  const at = ctx.now();
  await ctx.db.$client.batch([
    buildAccountPause(ctx.db, { accountId: id, reason: "suspended", at }),
    buildAuditEntryInsert(createScope(ctx.db, tenantId), {
      id: ctx.newId(),
      actor: provider,
      action: "providerAccount.paused",
      subject: `provider_accounts/${id}`,
      data: { reason: "suspended" },
      at,
    }),
  ]);
}
