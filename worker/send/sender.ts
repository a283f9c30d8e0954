import type { LetterRecord } from "../../shared/letter-record.ts";
import { refreshStandInDomains } from "../accounts/check.ts";
import { assignAccountsToEmails, computeCircuitChanges } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import { buildHoldMove, buildRecipientMoves } from "../db/claims.ts";
import { type AttemptRequest, beginAttempts, buildUnrenderableEmailInserts } from "../db/messages.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { decideNextStep } from "../domain/send/eligibility.ts";
import { applyNewerFacts } from "../domain/send/facts-of-day.ts";
import type { SendJob, SendJobEntry } from "../jobs.ts";
import type { OutgoingEmail, UnsealedAccount } from "../providers/provider.ts";
import { concludeSends, type ProviderCallResult } from "./conclude.ts";
import { type DepartingEmail, scheduleDepartures } from "./departures.ts";
import { type EmailInputs, findNextThread, loadEmailInputs, resolveNextWording } from "./email-inputs.ts";
import { buildLetterRecord } from "./letter-record.ts";
import { carryOutDecisions, type DecidedCandidate } from "./progress.ts";
import { callProvider, missedCallReport } from "./provider-call.ts";
import { renderEmail } from "./render.ts";
import { markUnattestedWording } from "./wording-claims.ts";

/**
 * The most emails that are sent at a time, because a Worker has six outgoing connections. A crash
 * can leave at most this number of outcomes unknown.
 */
const maxInFlight = 6;
/**
 * The longest delay of a queue entry after its slot (planned instant). A later entry is planned
 * again, because other emails may have used the time of the slot.
 */
export const maxSlotLatenessMs = 50_000;
/** The longest time that a handler waits for a slot or for a busy sender. */
export const maxSlotOrSenderWaitMs = 2_000;
/**
 * The longest total wait of one email: the wait for a busy sender, then the wait for earlier
 * emails.
 */
export const maxEmailWaitMs = 2 * maxSlotOrSenderWaitMs;

/**
 * Consumes the send queue. Before each provider call, the Worker checks again whether the email may
 * leave, and reserves in D1 the right to make the call. So a queue message that is repeated, comes
 * late or comes after a stop sends nothing.
 */
export async function sendQueuedEmails(ctx: Ctx, batch: MessageBatch<SendJob>): Promise<void> {
  const early = new Set<string>();
  const entries = batch.messages.flatMap((message) => {
    const waitMs = Math.max(...message.body.entries.map((entry) => entry.slotAt)) - ctx.now();
    if (waitMs <= maxSlotOrSenderWaitMs) return message.body.entries;
    early.add(message.id);
    message.retry({ delaySeconds: Math.ceil(waitMs / 1000) });
    return [];
  });
  const broken = new Set<number>();
  const later = new Map<number, number>();
  const ordered = entries.toSorted((a, b) => a.slotAt - b.slotAt);
  for (let start = 0; start < ordered.length; start += maxInFlight) {
    const chunk = ordered.slice(start, start + maxInFlight);
    try {
      for (const [id, at] of await sendChunk(ctx, chunk)) later.set(id, at);
    } catch (error) {
      logFailure(error, chunk.length);
      for (const entry of chunk) broken.add(entry.recipientId);
    }
  }
  for (const message of batch.messages) {
    if (early.has(message.id)) continue;
    const ids = message.body.entries.map((entry) => entry.recipientId);
    const waits = ids.flatMap((id) => later.get(id) ?? []).map((at) => at - ctx.now());
    if (ids.some((id) => broken.has(id))) message.retry();
    else if (waits.length > 0)
      message.retry({ delaySeconds: Math.max(1, Math.ceil(Math.min(...waits) / 1000)) });
    else message.ack();
  }
}

/** A queue entry whose recipient is still claimed for the entry. */
type ClaimedEntry = { candidate: Candidate; lease: number; slotAt: number; slot: SendJobEntry };
type RenderedEntry = ClaimedEntry & {
  email: OutgoingEmail;
  saysLast: boolean;
  record: LetterRecord | null;
  variant: number | null;
};
/** An entry with the accounts to try, in order; at least one. */
type RoutedEntry = RenderedEntry & { accounts: [UnsealedAccount, ...UnsealedAccount[]] };

/**
 * Sends the entries of one chunk.
 * @returns for each recipient of a busy sender, the instant at which to try again; the recipients
 * keep their claims
 */
async function sendChunk(ctx: Ctx, entries: readonly SendJobEntry[]): Promise<Map<number, number>> {
  const now = ctx.now();
  const claimed = await loadClaimed(ctx, entries, now);
  const decided = claimed.map(
    ({ candidate, slot }): DecidedCandidate => ({
      candidate,
      decision: decideNextStep(candidate, now, slot),
    }),
  );
  await carryOutDecisions(ctx, decided);
  const planned = claimed.filter((_, index) => decided[index]?.decision.kind === "send");
  if (planned.length === 0) return new Map();
  const inputs = await loadEmailInputs(
    ctx,
    planned.map(({ candidate }) => candidate),
  );
  const due = await holdEmailsWithClaims(ctx, planned, inputs, now);
  if (due.length === 0) return new Map();
  const { placed, circuits } = await routeEmails(ctx, await renderEmails(ctx, due, inputs), inputs);
  const { departing, later } = await scheduleDepartures(ctx, placed, maxSlotOrSenderWaitMs);
  const attemptId = ctx.newId();
  const requests = departing.map(toAttemptRequest);
  const owned = await beginAttempts(ctx.db, requests, attemptId, ctx.now());
  const results = await Promise.all(
    departing.map(async (one): Promise<ProviderCallResult[]> => {
      const effort = owned.get(one.candidate.recipient.id);
      if (effort === undefined) return [];
      await waitUntil(ctx, one.departsAt);
      const result = mayStillSend(one, ctx.now())
        ? await callProvider(ctx, one.email, one.accounts, attemptId)
        : missedCallReport;
      return [{ candidate: one.candidate, lease: one.lease, effort, ...result }];
    }),
  );
  const sends = results.flat();
  const calls = sends.flatMap((sent) => sent.calls);
  const changes = computeCircuitChanges(calls, circuits, ctx.now());
  await concludeSends(ctx, sends, attemptId, changes);
  await refreshStandInDomains(ctx, changes);
  return later;
}

/**
 * Returns the entries whose recipient is still claimed for the entry. If an entry is too late for
 * its slot, the recipient is made due again.
 */
async function loadClaimed(ctx: Ctx, entries: readonly SendJobEntry[], now: number): Promise<ClaimedEntry[]> {
  const candidates = await loadCandidates(
    ctx.db,
    entries.map((entry) => entry.recipientId),
    null,
  );
  const byId = new Map(candidates.map((candidate) => [candidate.recipient.id, candidate]));
  const claimed = entries.flatMap((entry) => {
    const candidate = byId.get(entry.recipientId);
    const isClaimed =
      candidate?.recipient.lease === entry.lease &&
      candidate.recipient.nextStep === entry.stepNumber &&
      (candidate.recipient.dueAt ?? 0) > now;
    if (!isClaimed) return [];
    // One batch can contain the same queue message twice, but a claim allows only one call.
    byId.delete(entry.recipientId);
    return [{ candidate, lease: entry.lease, slotAt: entry.slotAt, slot: entry }];
  });
  const late = claimed.filter(({ slotAt }) => slotAt < now - maxSlotLatenessMs);
  if (late.length > 0) {
    const moves = late.map(({ candidate, lease }) =>
      buildHoldMove({ recipientId: candidate.recipient.id, lease }, now),
    );
    await ctx.db.$client.batch(buildRecipientMoves(ctx.db, moves, now));
  }
  return claimed.filter(({ slotAt }) => slotAt >= now - maxSlotLatenessMs);
}

/**
 * Holds the emails whose text makes a claim (a statement such as that a buyer is waiting) that the
 * office has not attested. Returns the other entries.
 */
async function holdEmailsWithClaims(
  ctx: Ctx,
  planned: readonly ClaimedEntry[],
  material: EmailInputs,
  now: number,
): Promise<ClaimedEntry[]> {
  const decided = planned.map(({ candidate, slot }): DecidedCandidate => {
    const wording = resolveNextWording(candidate, material);
    const judged = markUnattestedWording(candidate, wording, findNextThread(candidate, material));
    return { candidate: judged, decision: decideNextStep(judged, now, slot) };
  });
  await carryOutDecisions(ctx, decided);
  return planned.filter((_, index) => decided[index]?.decision.kind === "send");
}

/**
 * Renders the emails. If an email can't be rendered, the reason is recorded and the recipient is
 * paused.
 */
async function renderEmails(
  ctx: Ctx,
  due: readonly ClaimedEntry[],
  material: EmailInputs,
): Promise<RenderedEntry[]> {
  const made = await Promise.all(
    due.map(async (one) => ({ ...one, rendered: await renderCandidate(ctx, one.candidate, material) })),
  );
  const unmakeable = made.flatMap(({ candidate: { recipient }, lease, rendered }) => {
    if (rendered.ok) return [];
    const isMissing = rendered.missing.length > 0;
    const failure = isMissing
      ? `No usable value for: ${rendered.missing.join(", ")}`
      : rendered.faults.map(({ field, message }) => `${field} ${message}`).join("; ");
    const reason = isMissing ? ("missingVariables" as const) : ("contentRefused" as const);
    return [
      {
        recipientId: recipient.id,
        stepNumber: recipient.nextStep,
        lease,
        reason,
        failure: failure.slice(0, 500),
      },
    ];
  });
  if (unmakeable.length > 0) {
    const moves = unmakeable.map((one) => buildHoldMove(one, null, "paused"));
    await ctx.db.$client.batch([
      buildUnrenderableEmailInserts(ctx.db, unmakeable),
      ...buildRecipientMoves(ctx.db, moves, ctx.now()),
    ]);
  }
  const entries = made.map(async ({ rendered, ...one }): Promise<RenderedEntry[]> => {
    if (!rendered.ok) return [];
    const wording = resolveNextWording(one.candidate, material);
    const record = wording && (await buildLetterRecord(one.candidate, wording, rendered, ctx.now()));
    const variant = wording?.variant ?? null;
    return [{ ...one, email: rendered.email, saysLast: rendered.saysLast, record, variant }];
  });
  return (await Promise.all(entries)).flat();
}

/**
 * Assigns the accounts to each email. If no account may be called now, the recipient stays due, and
 * no attempt is counted.
 */
async function routeEmails(ctx: Ctx, prepared: readonly RenderedEntry[], material: EmailInputs) {
  const { going, held, circuits } = await assignAccountsToEmails(
    ctx,
    prepared,
    ({ candidate }) => material.routes.get(candidate.recipient.senderId) ?? [],
  );
  const decision = { kind: "hold", reason: "providerUnavailable", until: null } as const;
  await carryOutDecisions(
    ctx,
    held.map(({ candidate }): DecidedCandidate => ({ candidate, decision })),
  );
  return { placed: going.map(({ email, accounts }): RoutedEntry => ({ ...email, accounts })), circuits };
}

function renderCandidate(ctx: Ctx, candidate: Candidate, material: EmailInputs) {
  const { recipient, campaign } = candidate;
  const wording = resolveNextWording(candidate, material);
  const tenant = material.tenants.get(recipient.tenantId);
  const sender = material.senders.get(recipient.senderId);
  if (wording === null || tenant === undefined || sender === undefined) {
    return {
      ok: false as const,
      missing: [],
      faults: [{ field: "template", message: "is no longer there" }],
    };
  }
  const reference = {
    tenantId: recipient.tenantId,
    recipientId: recipient.id,
    stepNumber: recipient.nextStep,
  };
  return renderEmail(ctx, {
    content: wording.content,
    cacheKey: wording.cacheKey,
    tenant,
    sender,
    campaign: { id: recipient.campaignId, replyTo: campaign.replyTo, type: campaign.type },
    recipient: applyNewerFacts(candidate),
    reference,
    thread: findNextThread(candidate, material),
    preview: false,
  });
}

/**
 * Tells whether the email may still be sent. Called right before the provider call, because the
 * steps before the call can take seconds.
 */
function mayStillSend(
  { candidate, slot, departsAt, departsBy }: DepartingEmail<RenderedEntry>,
  now: number,
): boolean {
  // If the clock was set back meanwhile, the departure is further ahead than any permitted wait.
  if (now > departsBy || departsAt - now > maxEmailWaitMs) return false;
  return decideNextStep(candidate, now, slot).kind === "send";
}

function toAttemptRequest({
  candidate,
  lease,
  email,
  saysLast,
  record,
  variant,
  accounts,
}: RoutedEntry): AttemptRequest {
  return {
    recipientId: candidate.recipient.id,
    stepNumber: candidate.recipient.nextStep,
    lease,
    subject: email.subject,
    saysLast,
    record,
    variant,
    listingRevision: candidate.listing.revision,
    accountId: accounts[0].id,
  };
}

async function waitUntil(ctx: Ctx, departsAt: number): Promise<void> {
  const waitMs = Math.min(maxEmailWaitMs, departsAt - ctx.now());
  if (waitMs > 0) await ctx.sleep(waitMs);
}

function logFailure(error: unknown, count: number): void {
  const name = error instanceof Error ? error.name : "unknown";
  // The message of a database error contains the statement's parameters, which are personal data.
  // The error's cause contains no parameters.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  console.error(JSON.stringify({ level: "error", msg: "send chunk failed", name, cause, count }));
}
