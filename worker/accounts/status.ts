import type { Ctx } from "../context.ts";
import { insertAuditEntry } from "../db/audit-log.ts";
import { findAccountOfAnyTenant, pauseAccount } from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import type { ReportedAccountStatus, UnsealedAccount } from "../providers/provider.ts";

/**
 * Applies a service's reports on an account. A suspended account is paused, and only an admin can
 * resume the account, because a report of another state can be an old report that the service
 * repeats. A repeated report of a suspension changes nothing.
 */
export async function applyAccountStatus(
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
    pauseAccount(ctx.db, { accountId: id, reason: "suspended", at }),
    insertAuditEntry(createScope(ctx.db, tenantId), {
      id: ctx.newId(),
      actor: provider,
      action: "providerAccount.paused",
      subject: `provider_accounts/${id}`,
      data: { reason: "suspended" },
      at,
    }),
  ]);
}
