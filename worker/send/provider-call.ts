import { createEmailService } from "../accounts/email-service.ts";
import type { Ctx } from "../context.ts";
import { moveAttemptToAccount } from "../db/messages.ts";
import type { OutgoingEmail, UnsealedAccount } from "../providers/provider.ts";
import type { ProviderCallResult } from "./conclude.ts";

type CallReport = Pick<ProviderCallResult, "outcome" | "accountId" | "calls">;

/** The report on an email that was already too late when the provider was to be called. */
export const missedCallReport: CallReport = {
  outcome: { kind: "missed", detail: "It was too late to send by the time its turn came" },
  accountId: null,
  calls: [],
};

/**
 * Sends an email through the given accounts, tried in order. The row of the attempt, which is
 * stored already, names each account before the account is called. Never throws.
 */
export async function callProvider(
  ctx: Ctx,
  email: OutgoingEmail,
  accounts: readonly UnsealedAccount[],
  attemptId: number,
): Promise<CallReport> {
  const { recipientId, stepNumber } = email.reference;
  const service = createEmailService({
    accounts,
    providers: ctx.providers,
    timeoutMs: ctx.settings.PROVIDER_TIMEOUT_MS,
    beforeFailover: (next) => recordFailover(ctx, { recipientId, stepNumber, attemptId }, next.id),
  });
  const { accountId, attempts: calls, ...outcome } = await service.send(email);
  return { outcome, accountId, calls };
}

/**
 * Records the next account before the account is called. Without the record, a later question about
 * the email would go to the first account, although the next account has the email.
 */
async function recordFailover(
  ctx: Ctx,
  attempt: { recipientId: number; stepNumber: number; attemptId: number },
  accountId: number,
): Promise<boolean> {
  try {
    return await moveAttemptToAccount(ctx.db, attempt, accountId);
  } catch (error) {
    // The message of a database error contains personal data, so only the error's name is logged.
    const name = error instanceof Error ? error.name : "unknown";
    console.error(JSON.stringify({ level: "error", msg: "failover not recorded", name }));
    return false;
  }
}
