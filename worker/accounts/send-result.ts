import type { ProviderName } from "../../shared/vocabulary.ts";
import type { SendOutcome } from "../providers/provider.ts";

export type Attempt = { accountId: number; provider: ProviderName; outcome: SendOutcome };

/**
 * The outcome of trying every account. `accountId` is the account that gave the outcome; null if no
 * account was called. If every account failed by its own fault, the outcome is refused/channel and
 * the email may be tried again later. `attempts` lists all calls in order.
 */
export type SendResult = SendOutcome & { accountId: number | null; attempts: readonly Attempt[] };
