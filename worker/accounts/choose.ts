import type { Ctx } from "../context.ts";
import { type CallableAccount, listAccountsOfTenants, listCallableAccounts } from "../db/account-routes.ts";
import { type CircuitChange, takeTrialCalls } from "../db/provider-accounts.ts";
import { type Circuit, getCircuitState, trialCallRightMs, updateCircuit } from "../domain/send/circuit.ts";
import { unsealCredentials } from "../providers/credentials.ts";
import type { SendOutcome, UnsealedAccount } from "../providers/provider.ts";
import { createEmailService, type EmailService, type InProcessRetry } from "./email-service.ts";
import { isAccountRefused } from "./failover.ts";
import type { AccountAttempt } from "./send-result.ts";

/**
 * An account that a sender may use, and the account's circuit. A circuit counts the account's
 * failures; no email goes through an account while the account's circuit is open.
 */
export type AccountWithCircuit = { account: UnsealedAccount; circuit: Circuit };

/**
 * Loads each sender's accounts that may be called now, in the order of their priority. A sender
 * without a callable account has no entry.
 */
export async function loadCallableAccounts(
  ctx: Ctx,
  senderIds: readonly number[],
): Promise<Map<number, AccountWithCircuit[]>> {
  const rows = await listCallableAccounts(ctx.db, senderIds, ctx.now());
  const distinct = new Map(rows.map((row) => [row.id, row]));
  const unsealed = new Map(
    await Promise.all(
      [...distinct.values()].map(async (row) => [row.id, await unsealRoute(ctx, row)] as const),
    ),
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.senderId)].map(([senderId, own]) => [
      senderId,
      own.flatMap((row) => unsealed.get(row.id) ?? []),
    ]),
  );
}

async function unsealRoute(ctx: Ctx, row: Omit<CallableAccount, "senderId">): Promise<AccountWithCircuit> {
  const { id, tenantId, provider, sealedCredentials, failures, openUntil } = row;
  const credentials = await unsealCredentials(ctx.settings.CREDENTIALS_KEY, id, sealedCredentials);
  return { account: { id, tenantId, provider, credentials }, circuit: { failures, openUntil } };
}

/** Loads all accounts of these tenants, to ask for the status of earlier messages. */
export async function loadTenantAccounts(ctx: Ctx, tenantIds: readonly number[]): Promise<UnsealedAccount[]> {
  const rows = await listAccountsOfTenants(ctx.db, tenantIds);
  return await Promise.all(rows.map(async (row) => (await unsealRoute(ctx, row)).account));
}

/**
 * Builds an email service for emails outside of campaigns. The service uses the sender's accounts
 * whose circuit is closed. Returns null if there is no such account.
 */
export async function loadEmailService(
  ctx: Ctx,
  senderId: number,
  retry?: InProcessRetry,
): Promise<EmailService | null> {
  const routes = (await loadCallableAccounts(ctx, [senderId])).get(senderId) ?? [];
  const accounts = routes.filter(({ circuit }) => circuit.openUntil === 0).map(({ account }) => account);
  if (accounts.length === 0) return null;
  return createEmailService({
    accounts,
    providers: ctx.providers,
    timeoutMs: ctx.settings.PROVIDER_TIMEOUT_MS,
    ...(retry && { retry }),
  });
}

/**
 * The result of assigning accounts to emails. `going`: the emails to send, each with the accounts
 * to try in order. `circuits`: each account's circuit, by the account's id.
 */
export type AccountAssignment<Email> = {
  going: { email: Email; accounts: [UnsealedAccount, ...UnsealedAccount[]] }[];
  /** Emails without a callable account. Such emails are not attempted. */
  held: Email[];
  circuits: ReadonlyMap<number, Circuit>;
};

/**
 * Gives each email the accounts to try. After a pause, an account with an open circuit gets one
 * trial email, even if several isolates (running copies of the Worker) send at once. An account
 * gets no trial email if an account with a closed circuit precedes that account in every email's
 * list.
 */
export async function assignAccountsToEmails<Email>(
  ctx: Ctx,
  emails: readonly Email[],
  routesOf: (email: Email) => readonly AccountWithCircuit[],
): Promise<AccountAssignment<Email>> {
  const now = ctx.now();
  const circuits = new Map<number, Circuit>();
  const resting = new Set<number>();
  for (const routes of emails.map(routesOf)) {
    for (const { account, circuit } of routes) circuits.set(account.id, circuit);
    const firstClosed = routes.findIndex(({ circuit }) => circuit.openUntil === 0);
    const before = firstClosed < 0 ? routes : routes.slice(0, firstClosed);
    for (const { account } of before) resting.add(account.id);
  }
  const until = now + trialCallRightMs;
  const trials = await takeTrialCalls(ctx.db, [...resting], now, until);
  for (const id of trials) circuits.set(id, { failures: circuits.get(id)?.failures ?? 0, openUntil: until });
  const placed = emails.map((email) => {
    const accounts = routesOf(email)
      .filter(({ account, circuit }) => circuit.openUntil === 0 || trials.delete(account.id))
      .map(({ account }) => account);
    return { email, accounts };
  });
  return {
    going: placed.flatMap(({ email, accounts: [first, ...later] }) =>
      first === undefined ? [] : [{ email, accounts: [first, ...later] }],
    ),
    held: placed.filter(({ accounts }) => accounts.length === 0).map(({ email }) => email),
    circuits,
  };
}

/**
 * Returns the changes that the provider calls make to the accounts' circuits. An unchanged circuit
 * is left out. Logs each circuit that opens.
 */
export function computeCircuitChanges(
  calls: readonly AccountAttempt[],
  circuits: ReadonlyMap<number, Circuit>,
  now: number,
): CircuitChange[] {
  return [...Map.groupBy(calls, ({ accountId }) => accountId)].flatMap(([accountId, own]) => {
    const from = circuits.get(accountId);
    if (from === undefined) return [];
    const to = updateCircuit(
      from,
      own.map(({ outcome }) => (isAccountFailure(outcome) ? "failed" : "answered")),
      now,
    );
    if (to.failures === from.failures && to.openUntil === from.openUntil) return [];
    if (getCircuitState(to, now) === "open") logOpenedCircuit(own[0]?.provider, accountId, to, now);
    return [{ accountId, from, to }];
  });
}

function isAccountFailure(outcome: SendOutcome): boolean {
  const isServiceDown = outcome.kind === "deferred" && outcome.isServiceDown === true;
  return outcome.kind === "unknown" || isServiceDown || isAccountRefused(outcome);
}

function logOpenedCircuit(
  provider: string | undefined,
  accountId: number,
  circuit: Circuit,
  now: number,
): void {
  const restSeconds = Math.round((circuit.openUntil - now) / 1000);
  const msg = "provider account left alone";
  console.error(JSON.stringify({ level: "error", msg, provider, accountId, ...circuit, restSeconds }));
}
