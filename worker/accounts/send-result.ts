import type { ProviderName } from "../../shared/vocabulary.ts";
import type { SendOutcome } from "../providers/provider.ts";

export type AccountAttempt = { accountId: number; provider: ProviderName; outcome: SendOutcome };

/**
 * The outcome of sending one email through a tenant's accounts. `accountId`: the account that gave
 * the outcome, or null if no account was called. `attempts`: all calls in order. If every
 * account was refused for a fault of its own, the outcome is `refused` with the fault `channel`.
 */
export type SendResult = SendOutcome & { accountId: number | null; attempts: readonly AccountAttempt[] };
