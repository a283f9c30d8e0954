import { loadTenantAccounts } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import { loadSenderIdentities } from "../db/email-inputs.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import { getLinkSigner } from "../links.ts";
import type { MessageStatusReport, UnsealedAccount } from "../providers/provider.ts";
import { ingestEvents } from "../receive/ingest.ts";
import type { DecidedCandidate } from "./progress.ts";

/** The most questions to providers in one tick. Further questions wait for the next tick. */
const asksPerTick = 60;
const asksAtOnce = 6;
const askTimeoutMs = 10_000;
const nextTickMs = 60_000;

/**
 * Asks the providers once about each unknown outcome that otherwise only the campaign's policy
 * would settle. The answers are ingested like webhook events. An email that the provider knows
 * counts as sent, and an email that the provider definitely lacks is sent again. Any other answer
 * leaves the decision to the policy.
 */
export async function resolveUnknownOutcomes(
  ctx: Ctx,
  unresolved: readonly DecidedCandidate[],
): Promise<DecidedCandidate[]> {
  if (unresolved.length === 0) return [];
  const asking = unresolved.slice(0, asksPerTick);
  const tenantIds = new Set(asking.map(({ candidate }) => candidate.recipient.tenantId));
  const accounts = await loadTenantAccounts(ctx, [...tenantIds]);
  const fromEmails = await loadFromEmails(ctx, asking);
  const answered: DecidedCandidate[] = [];
  for (let start = 0; start < asking.length; start += asksAtOnce) {
    const part = asking.slice(start, start + asksAtOnce);
    answered.push(...(await Promise.all(part.map((one) => resolveOutcome(ctx, one, accounts, fromEmails)))));
  }
  const later = { kind: "hold", reason: "outcomeUnknown", until: ctx.now() + nextTickMs } as const;
  return [
    ...answered,
    ...unresolved.slice(asksPerTick).map(({ candidate }) => ({ candidate, decision: later })),
  ];
}

async function loadFromEmails(ctx: Ctx, asking: readonly DecidedCandidate[]): Promise<Map<number, string>> {
  const senderIds = new Set(asking.map(({ candidate }) => candidate.recipient.senderId));
  const senders = await loadSenderIdentities(ctx.db, [...senderIds]);
  return new Map(senders.map(({ id, fromEmail }) => [id, fromEmail]));
}

async function resolveOutcome(
  ctx: Ctx,
  decided: DecidedCandidate,
  accounts: readonly UnsealedAccount[],
  fromEmails: ReadonlyMap<number, string>,
): Promise<DecidedCandidate> {
  const { candidate } = decided;
  const { recipient, message } = candidate;
  const fromEmail = fromEmails.get(recipient.senderId);
  if (message === null || fromEmail === undefined) return decided;
  const { tenantId, id: recipientId, nextStep: stepNumber } = recipient;
  const reference = { tenantId, recipientId, stepNumber };
  const domain = fromEmail.slice(fromEmail.indexOf("@") + 1);
  const messageId = await (await getLinkSigner(ctx)).signMessageId(reference, domain);
  const attemptedAt = message.attemptedAt ?? ctx.now();
  const query = { reference, messageId, ageMs: ctx.now() - attemptedAt };
  // After a call that was cut off, the called account is unknown, so every account of the tenant is
  // asked.
  const asked = accounts.filter(
    (account) => account.tenantId === tenantId && (message.accountId ?? account.id) === account.id,
  );
  const timeoutMs = Math.min(askTimeoutMs, ctx.settings.PROVIDER_TIMEOUT_MS);
  const statuses = await Promise.all(
    asked.map((account) => ctx.providers[account.provider].getStatus(query, account, timeoutMs)),
  );
  const events = statuses.flatMap((status) => (status.kind === "known" ? status.events : []));
  if (events.length > 0) {
    await ingestEvidence(ctx, tenantId, events);
    return { candidate, decision: { kind: "advance", sentAt: attemptedAt, resolved: true } };
  }
  return isDefinitelyAbsent(statuses, message.accountId)
    ? { candidate, decision: { kind: "resend" } }
    : decided;
}

/**
 * Tells whether the provider definitely did not take the email. Only the answer of the called
 * account proves the absence.
 */
function isDefinitelyAbsent(statuses: readonly MessageStatusReport[], accountId: number | null): boolean {
  return accountId !== null && statuses.length === 1 && statuses[0]?.kind === "absent";
}

async function ingestEvidence(ctx: Ctx, tenantId: number, events: NormalizedEvent[]): Promise<void> {
  await ingestEvents(ctx, { kind: "events", tenantId, source: "asked", receivedAt: ctx.now(), events });
}
