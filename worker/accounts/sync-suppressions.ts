import type { Ctx } from "../context.ts";
import { type ProviderAccountRow, updateAccount } from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import { suppressAddresses } from "../db/suppressions.ts";
import { unsealCredentials } from "../providers/credentials.ts";

/** The time limit for one page of a service's list. */
const pageTimeoutMs = 10_000;
/**
 * The most addresses in one batch. The limit keeps a batch's JSON below 2 MB, the most that a
 * parameter of D1 holds.
 */
const perBatch = 1000;

export type SuppressionSyncResult =
  | { kind: "synced"; read: number; added: number; isComplete: boolean; syncedAt: number }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

/**
 * Copies the service's suppression list into the tenant's own list, so that the tenant's other
 * accounts respect the suppressions too. If an address is on both lists with different reasons, the
 * weightier reason stays. An interrupted run can be repeated.
 */
export async function syncSuppressions(
  ctx: Ctx,
  row: ProviderAccountRow,
  actor: string,
): Promise<SuppressionSyncResult> {
  const { id, tenantId, provider } = row;
  const credentials = await unsealCredentials(ctx.settings.CREDENTIALS_KEY, id, row.sealedCredentials);
  const timeoutMs = Math.min(pageTimeoutMs, ctx.settings.PROVIDER_TIMEOUT_MS);
  const lists = await ctx.providers[provider].listSuppressions(
    { id, tenantId, provider, credentials },
    timeoutMs,
  );
  if (lists.kind !== "known") return lists;
  const scope = createScope(ctx.db, tenantId);
  const syncedAt = ctx.now();
  let added = 0;
  for (let first = 0; first < lists.suppressions.length; first += perBatch) {
    const rows = lists.suppressions.slice(first, first + perBatch).map(({ email, reason, diagnostic }) => ({
      email,
      reason,
      source: provider,
      evidence: diagnostic === "" ? {} : { diagnostic },
    }));
    const audit = {
      id: ctx.newId(),
      actor,
      action: "suppressions.synced",
      subject: `provider_accounts/${id}`,
      data: { count: rows.length },
      at: syncedAt,
    };
    added += (await suppressAddresses(scope, rows, audit)).added;
  }
  await updateAccount(scope, id, { suppressionsSyncedAt: syncedAt }, null);
  const { length: read } = lists.suppressions;
  return { kind: "synced", read, added, isComplete: lists.isComplete, syncedAt };
}
