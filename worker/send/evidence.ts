import { hourMs } from "../../shared/time-lengths.ts";
import { loadTenantAccounts } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import { loadSenderIdentities } from "../db/email-inputs.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { NextStepDecision } from "../domain/send/candidate.ts";
import { getLinkSigner } from "../links.ts";
import type { UnsealedAccount } from "../providers/provider.ts";
import { ingestEvents } from "../receive/ingest.ts";
import type { DecidedCandidate } from "./progress.ts";

/** The most questions to providers in one tick. Further questions wait for the next tick. */
const asksPerTick = 60;
const asksAtOnce = 6;
const askTimeoutMs = 10_000;
const nextTickMs = 60_000;
/**
 * A service that can't answer is asked again every `askAgainMs`, until the call is `keepsAskingMs`
 * ago.
 */
const askAgainMs = 10 * 60_000;
const keepsAskingMs = 6 * hourMs;
/** The most times that an email is sent again because the service turns out to lack the email. */
const maxResends = 3;

/**
 * Asks the provider about each unknown outcome that otherwise only the policy would settle. The
 * answers are ingested like webhook events. An email that the provider knows counts as sent. An
 * email that the provider definitely lacks is sent again, `maxResends` times at most. A provider
 * that can't answer now is asked again. If no provider can be asked, the policy decides.
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
  const account = accounts.find(({ id, tenantId: owner }) => id === message.accountId && owner === tenantId);
  if (account === undefined) return decided;
  const timeoutMs = Math.min(askTimeoutMs, ctx.settings.PROVIDER_TIMEOUT_MS);
  const status = await ctx.providers[account.provider].getStatus(query, account, timeoutMs);
  switch (status.kind) {
    case "known":
      if (status.events.length === 0) return decided;
      await ingestEvidence(ctx, tenantId, status.events);
      return { candidate, decision: { kind: "advance", sentAt: attemptedAt, resolved: true } };
    case "absent":
      return { candidate, decision: { kind: message.resends < maxResends ? "resend" : "giveUp" } };
    case "unsupported":
      return decided;
    case "unavailable":
      return query.ageMs < keepsAskingMs ? { candidate, decision: holdForAnswer(ctx) } : decided;
  }
}

/**
 * Returns the decision to ask the service again later, because the service could not answer now.
 */
function holdForAnswer(ctx: Ctx): NextStepDecision {
  return { kind: "hold", reason: "outcomeUnknown", until: ctx.now() + askAgainMs };
}

async function ingestEvidence(ctx: Ctx, tenantId: number, events: NormalizedEvent[]): Promise<void> {
  await ingestEvents(ctx, { kind: "events", tenantId, source: "asked", receivedAt: ctx.now(), events });
}
