import type { Ctx } from "../context.ts";
import { type ProviderAccountRow, updateAccount } from "../db/provider-accounts.ts";
import { createScope } from "../db/scope.ts";
import { suppressAddresses } from "../db/suppressions.ts";
import { suppressionWeight } from "../domain/receive/suppression.ts";
import { openCredentials } from "../providers/credentials.ts";

/** One page of a service's list. */
const pageTimeoutMs = 10_000;
/** So many addresses are written in one batch; a parameter holds 2 MB. */
const perBatch = 1000;

export type Synced =
  | { kind: "synced"; read: number; added: number; isComplete: boolean; syncedAt: number }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

/**
 * Reads whom the account's service no longer sends to into the tenant's own list, so that no other account of theirs does
 * either. Where we have a weightier reason, ours stays. Broken off, it is made again from the start, which repeats nothing.
 */
export async function syncSuppressions(ctx: Ctx, row: ProviderAccountRow, actor: string): Promise<Synced> {
  const { id, tenantId, provider } = row;
  const credentials = await openCredentials(ctx.settings.CREDENTIALS_KEY, id, row.sealedCredentials);
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
    added += (await suppressAddresses(scope, rows, suppressionWeight, audit)).added;
  }
  await updateAccount(scope, id, { suppressionsSyncedAt: syncedAt }, null);
  const { length: read } = lists.suppressions;
  return { kind: "synced", read, added, isComplete: lists.isComplete, syncedAt };
}
