import { hourMs, minuteMs } from "../../shared/time-lengths.ts";
import { loadTenantAccounts } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import { loadSenderIdentities } from "../db/email-inputs.ts";
import { buildAttemptQuestionEnd, takeAttemptsToAskAbout } from "../db/open-attempts.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { NextStepDecision } from "../domain/send/candidate.ts";
import { getLinkSigner } from "../links.ts";
import type { MessageReference, UnsealedAccount } from "../providers/provider.ts";
import { ingestEvents } from "../receive/ingest.ts";
import type { DecidedCandidate } from "./progress.ts";

/**
 * The most questions to providers in one tick (the Worker's run every minute). More questions wait
 * for the next tick.
 */
const asksPerTick = 60;
const leftOverAsksPerTick = 30;
const asksAtOnce = 6;
const askTimeoutMs = 10_000;
const nextTickMs = minuteMs;
/**
 * A service that can't answer is asked again every `askAgainMs`, until `keepsAskingMs` have passed
 * since the call that may have sent the email.
 */
const askAgainMs = 10 * minuteMs;
const keepsAskingMs = 6 * hourMs;
/**
 * Up to this age of an attempt, a missing entry in the service's log proves that the service never
 * had the email. Mailgun keeps its log for a day in its smallest plan. After that day, even an
 * email that was sent is missing.
 */
const serviceRemembersMs = 20 * hourMs;
/** The most times that an email is sent again because the service did not have the email. */
const maxResends = 3;

/**
 * Asks the provider about each email that may or may not have been sent, before the campaign's
 * policy decides about the email. The answers are stored like webhook events. An email that the
 * provider knows counts as sent. An email that the provider definitely lacks is sent again,
 * `maxResends` times at most. A provider that can't answer now is asked again. If no provider can
 * be asked, the policy decides.
 */
export async function resolveUnknownOutcomes(
  ctx: Ctx,
  unresolved: readonly DecidedCandidate[],
): Promise<DecidedCandidate[]> {
  if (unresolved.length === 0) return [];
  const asking = unresolved.slice(0, asksPerTick);
  const tenantIds = new Set(asking.map(({ candidate }) => candidate.recipient.tenantId));
  const accounts = await loadTenantAccounts(ctx, [...tenantIds]);
  const fromEmails = await loadFromEmails(
    ctx,
    asking.map(({ candidate }) => candidate.recipient),
  );
  const answered = await answerInParts(asking, (one) => resolveOutcome(ctx, one, accounts, fromEmails));
  const later = { kind: "hold", reason: "outcomeUnknown", until: ctx.now() + nextTickMs } as const;
  return [
    ...answered,
    ...unresolved.slice(asksPerTick).map(({ candidate }) => ({ candidate, decision: later })),
  ];
}

async function loadFromEmails(
  ctx: Ctx,
  asking: readonly { senderId: number }[],
): Promise<Map<number, string>> {
  const senders = await loadSenderIdentities(ctx.db, [...new Set(asking.map(({ senderId }) => senderId))]);
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
  if (message === null) return decided;
  const { tenantId, id: recipientId, nextStep: stepNumber, senderId } = recipient;
  const attemptedAt = message.attemptedAt ?? ctx.now();
  const attempt = { tenantId, recipientId, stepNumber, senderId, accountId: message.accountId, attemptedAt };
  switch (await askAboutAttempt(ctx, attempt, accounts, fromEmails)) {
    case "sent":
      return { candidate, decision: { kind: "advance", sentAt: attemptedAt, resolved: true } };
    case "absent":
      return { candidate, decision: { kind: message.resends < maxResends ? "resend" : "giveUp" } };
    case "nobodyKnows":
      return decided;
    case "askAgain":
      return { candidate, decision: holdForAnswer(ctx) };
  }
}

/**
 * Asks the services about calls without a known outcome whose recipients were stopped, paused or
 * snoozed. An email that the service has counts as sent. An email that the service lacks was not
 * sent, and is sent only if the recipient's sequence continues.
 */
export async function askAboutLeftOverAttempts(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const attempts = await takeAttemptsToAskAbout(ctx.db, now, now + askAgainMs, leftOverAsksPerTick);
  if (attempts.length === 0) return;
  const accounts = await loadTenantAccounts(ctx, [...new Set(attempts.map(({ tenantId }) => tenantId))]);
  const fromEmails = await loadFromEmails(ctx, attempts);
  const answers = await answerInParts(attempts, async (attempt) => ({
    attempt,
    answer: await askAboutAttempt(ctx, attempt, accounts, fromEmails),
  }));
  const concluded = answers.flatMap(({ attempt: { recipientId, stepNumber, askAt }, answer }) => {
    if (answer === "sent" || answer === "askAgain") return [];
    return { recipientId, stepNumber, askAt, isAbsent: answer === "absent" };
  });
  if (concluded.length > 0) await buildAttemptQuestionEnd(ctx.db, concluded).run();
}

type AskedAttempt = MessageReference & { senderId: number; accountId: number | null; attemptedAt: number };

/**
 * The result of asking about an attempt. `sent`: the service has the email. `absent`: the service
 * never had the email. `askAgain`: the service can't answer now. `nobodyKnows`: no service can be
 * asked, or the service can't tell any more.
 */
type EvidenceAnswer = "sent" | "absent" | "askAgain" | "nobodyKnows";

/** Asks the service about one attempt, and stores the events that the service knows. */
async function askAboutAttempt(
  ctx: Ctx,
  { senderId, accountId, attemptedAt, ...reference }: AskedAttempt,
  accounts: readonly UnsealedAccount[],
  fromEmails: ReadonlyMap<number, string>,
): Promise<EvidenceAnswer> {
  const { tenantId, recipientId, stepNumber } = reference;
  const fromEmail = fromEmails.get(senderId);
  const account = accounts.find(({ id, tenantId: owner }) => id === accountId && owner === tenantId);
  if (fromEmail === undefined || account === undefined) return "nobodyKnows";
  const message = { tenantId, recipientId, stepNumber };
  const domain = fromEmail.slice(fromEmail.indexOf("@") + 1);
  const messageId = await (await getLinkSigner(ctx)).signMessageId(message, domain);
  const ageMs = ctx.now() - attemptedAt;
  const timeoutMs = Math.min(askTimeoutMs, ctx.settings.PROVIDER_TIMEOUT_MS);
  const query = { reference: message, messageId, ageMs };
  const status = await ctx.providers[account.provider].getStatus(query, account, timeoutMs);
  switch (status.kind) {
    case "known":
      if (status.events.length === 0) return "nobodyKnows";
      await ingestEvidence(ctx, tenantId, status.events);
      return "sent";
    case "absent":
      return ageMs < serviceRemembersMs ? "absent" : "nobodyKnows";
    case "unsupported":
      return "nobodyKnows";
    case "unavailable":
      return ageMs < keepsAskingMs ? "askAgain" : "nobodyKnows";
  }
}

/**
 * Returns the answers to the questions, in the given order. Asks `asksAtOnce` questions at a time.
 */
async function answerInParts<Question, Answer>(
  questions: readonly Question[],
  answer: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < questions.length; start += asksAtOnce) {
    answers.push(...(await Promise.all(questions.slice(start, start + asksAtOnce).map(answer))));
  }
  return answers;
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
