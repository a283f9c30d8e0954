import { findHeaderFault } from "../mail/compose/header-safety.ts";
import { renderSource, type TemplateSource } from "../mail/template/render-source.ts";
import type {
  MessageStatusQuery,
  MessageStatusReport,
  OutgoingEmail,
  Providers,
  SendOutcome,
  UnsealedAccount,
} from "../providers/provider.ts";
import { computeRetryWaitMs, mayFailOver, pickFinalResult } from "./failover.ts";
import type { AccountAttempt, SendResult } from "./send-result.ts";

export type TemplateEmail = {
  template: TemplateSource;
  data: Record<string, unknown>;
  email: Omit<OutgoingEmail, "subject" | "html" | "text">;
};

export type EmailService = {
  /** Sends one email. Never throws. */
  send(email: OutgoingEmail): Promise<SendResult>;
  /**
   * Sends the emails, with at most `concurrency` calls at a time. Returns one result per email, in
   * the order of the emails.
   */
  sendBatch(emails: readonly OutgoingEmail[]): Promise<SendResult[]>;
  /**
   * Renders a template and sends the email. Returns a refusal with the fault `message` if the
   * template is broken or a variable has no value.
   */
  sendTemplate(template: TemplateEmail): Promise<SendResult>;
  /** Asks for an email's status at the account through which the email was sent. */
  getStatus(query: MessageStatusQuery, accountId: number): Promise<MessageStatusReport>;
};

/**
 * Settings for retries within one call, for a caller that cannot try again later, such as a test
 * send. The sequencer must not use these settings, because the sequencer plans its own retries in
 * D1.
 * @property attempts the number of rounds over the accounts, 1 to 5, counting the first round
 * @property sleep resolves after the given number of milliseconds
 * @property random returns a number from 0 up to, but not including, 1
 */
export type InProcessRetry = {
  attempts: number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
};

export type EmailServiceOptions = {
  /**
   * The accounts of one tenant that may send from the emails' From address, in the order in which
   * the service tries the accounts.
   */
  accounts: readonly UnsealedAccount[];
  providers: Providers;
  /** The time limit of one provider call, in milliseconds. */
  timeoutMs: number;
  /**
   * The most calls at a time, 1 to 6. The default is 6, the number of connections that a Worker may
   * have open.
   */
  concurrency?: number;
  /**
   * If true, the next account is also tried after a temporary refusal (429, 503, SMTP 4yz). The
   * default is false.
   */
  failOverWhenDeferred?: boolean;
  /**
   * The service runs this function before calling the next account, so that the caller can record
   * the next account. Only the account that was called last can report on the email. If the result
   * is false, the next account is not called, and the refusal by the previous account stands.
   */
  beforeFailover?: (next: UnsealedAccount) => Promise<boolean>;
  retry?: InProcessRetry;
};

const maxConcurrency = 6;

/**
 * Creates a service that sends through a tenant's accounts in their order. By default, the service
 * tries the next account only after a refusal for a fault of the account, not of the email.
 */
export function createEmailService(options: EmailServiceOptions): EmailService {
  const send = (email: OutgoingEmail) => sendWithRetries(email, options);
  return {
    send,
    sendBatch: (emails) => sendAll(emails, send, options.concurrency ?? maxConcurrency),
    async sendTemplate({ template, data, email }) {
      const rendered = await renderSource(template, data);
      return rendered.ok ? await send({ ...email, ...rendered.parts }) : refuseMessage(rendered.detail);
    },
    async getStatus(query, accountId) {
      const account = options.accounts.find(({ id }) => id === accountId);
      if (account === undefined) return { kind: "unavailable", detail: "the account is gone or paused" };
      return await options.providers[account.provider].getStatus(query, account, options.timeoutMs);
    },
  };
}

async function sendWithRetries(email: OutgoingEmail, options: EmailServiceOptions): Promise<SendResult> {
  const fault = findHeaderFault(email);
  if (fault !== null) return refuseMessage(fault);
  const rounds = Math.min(5, Math.max(1, options.retry?.attempts ?? 1));
  const attempts: AccountAttempt[] = [];
  let result = await sendOnce(email, options, attempts);
  for (let round = 1; round < rounds && options.retry !== undefined; round += 1) {
    const waitMs = computeRetryWaitMs(result, round, options.retry.random());
    if (waitMs === null) break;
    await options.retry.sleep(waitMs);
    result = await sendOnce(email, options, attempts);
  }
  return result;
}

async function sendOnce(
  email: OutgoingEmail,
  options: EmailServiceOptions,
  attempts: AccountAttempt[],
): Promise<SendResult> {
  const results: SendResult[] = [];
  for (const account of options.accounts) {
    // Skips another tenant's account. Only a bug of ours could list such an account.
    if (account.tenantId !== email.reference.tenantId) continue;
    const isFailover = results.length > 0;
    if (isFailover && !(await (options.beforeFailover?.(account) ?? true))) break;
    const outcome = await callProvider(email, account, options);
    attempts.push({ accountId: account.id, provider: account.provider, outcome });
    const result: SendResult = { ...outcome, accountId: account.id, attempts };
    if (!mayFailOver(outcome, options.failOverWhenDeferred ?? false)) return result;
    results.push(result);
  }
  return pickFinalResult(results) ?? refuseWithoutAccount(options, attempts);
}

function refuseWithoutAccount(
  { accounts }: EmailServiceOptions,
  attempts: readonly AccountAttempt[],
): SendResult {
  const detail =
    accounts.length === 0 ? "there is no provider account" : "no provider account may be used now";
  return { kind: "refused", fault: "channel", status: null, detail, accountId: null, attempts };
}

async function callProvider(
  email: OutgoingEmail,
  account: UnsealedAccount,
  options: EmailServiceOptions,
): Promise<SendOutcome> {
  try {
    return await options.providers[account.provider].send(email, account, options.timeoutMs);
  } catch {
    // Providers do not throw. If a provider throws anyway, we can't tell whether the email was
    // sent.
    return { kind: "unknown", detail: "the provider failed without an outcome" };
  }
}

async function sendAll(
  emails: readonly OutgoingEmail[],
  send: (email: OutgoingEmail) => Promise<SendResult>,
  concurrency: number,
): Promise<SendResult[]> {
  const results: SendResult[] = [];
  const queue = emails.entries();
  const sendNext = async () => {
    for (const [index, email] of queue) results[index] = await send(email);
  };
  const connections = Math.min(maxConcurrency, Math.max(1, concurrency), emails.length);
  await Promise.all(Array.from({ length: connections }, sendNext));
  return results;
}

function refuseMessage(detail: string): SendResult {
  return { kind: "refused", fault: "message", status: null, detail, accountId: null, attempts: [] };
}
