import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import { moveClocks } from "../db/clock.ts";
import { beginAttempts, recordUnmakeable } from "../db/messages.ts";
import { type Candidate, decide } from "../domain/eligibility.ts";
import type { SendEntry, SendJob } from "../env.ts";
import type { OutgoingEmail } from "../providers/provider.ts";
import { concludeSends, type Sent } from "./conclude.ts";
import { chosenWording, loadMaterial, type Material, templateKey } from "./material.ts";
import { carryOut, type Decided } from "./progress.ts";
import { renderEmail, signerOf } from "./render.ts";

/** A Worker has six outgoing connections; what is in flight at once is also the most a crash can leave unknown. */
const inFlight = 6;
/** A send held back in the queue this long is planned anew: its slot belongs to somebody else by now. */
export const latenessMs = 60_000;
/** How long a handler waits for a slot that is nearly there. */
export const patienceMs = 2_000;

/**
 * The queue's consumer. Every entry is judged again before its call, and the right to make it is taken in D1, so a
 * message delivered twice, late, or after a stop sends nothing.
 */
export async function sendBatch(ctx: Ctx, batch: MessageBatch<SendJob>): Promise<void> {
  const early = new Set<string>();
  const entries = batch.messages.flatMap((message) => {
    const waitMs = Math.max(...message.body.entries.map((entry) => entry.slotAt)) - ctx.now();
    if (waitMs <= patienceMs) return message.body.entries;
    early.add(message.id);
    message.retry({ delaySeconds: Math.ceil(waitMs / 1000) });
    return [];
  });
  const broken = new Set<number>();
  const ordered = entries.toSorted((a, b) => a.slotAt - b.slotAt);
  for (let start = 0; start < ordered.length; start += inFlight) {
    const chunk = ordered.slice(start, start + inFlight);
    try {
      await sendChunk(ctx, chunk);
    } catch (error) {
      logFailure(error, chunk.length);
      for (const entry of chunk) broken.add(entry.recipientId);
    }
  }
  for (const message of batch.messages) {
    if (early.has(message.id)) continue;
    if (message.body.entries.some((entry) => broken.has(entry.recipientId))) message.retry();
    else message.ack();
  }
}

/** One entry of the queue that still holds its claim. */
type Claimed = { candidate: Candidate; lease: number; slotAt: number; slot: SendEntry };
type Prepared = Claimed & { email: OutgoingEmail };

async function sendChunk(ctx: Ctx, entries: readonly SendEntry[]): Promise<void> {
  const now = ctx.now();
  const claimed = await stillClaimed(ctx, entries, now);
  const decided = claimed.map(
    ({ candidate, slot }): Decided => ({ candidate, decision: decide(candidate, now, slot) }),
  );
  await carryOut(ctx, decided);
  const due = claimed.filter((_, index) => decided[index]?.decision.kind === "send");
  if (due.length === 0) return;
  const material = await loadMaterial(
    ctx,
    due.map(({ candidate }) => candidate),
  );
  const prepared = await prepare(ctx, due, material);
  const attemptId = ctx.newId();
  const requests = prepared.map(({ candidate, lease, email }) => ({
    recipientId: candidate.recipient.id,
    stepNumber: candidate.recipient.nextStep,
    lease,
    subject: email.subject,
    variant: chosenWording(candidate)?.variant ?? null,
  }));
  const owned = await beginAttempts(ctx.db, requests, attemptId, ctx.now());
  const results = await Promise.all(
    prepared.map(async (one): Promise<Sent[]> => {
      const attempts = owned.get(one.candidate.recipient.id);
      if (attempts === undefined) return [];
      await waitUntil(ctx, one.slotAt);
      const result = isStillTime(one, ctx.now()) ? await call(one, material) : putOff;
      return [{ candidate: one.candidate, lease: one.lease, attempts, ...result }];
    }),
  );
  await concludeSends(ctx, results.flat(), attemptId);
}

/** The recipients whose claim still stands. Those that come too late for their slot are made due again. */
async function stillClaimed(ctx: Ctx, entries: readonly SendEntry[], now: number): Promise<Claimed[]> {
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
    // A message that is delivered twice may be in one batch twice, and a claim is for one call.
    byId.delete(entry.recipientId);
    return [{ candidate, lease: entry.lease, slotAt: entry.slotAt, slot: entry }];
  });
  const late = claimed.filter(({ slotAt }) => slotAt < now - latenessMs);
  if (late.length > 0) {
    const moves = late.map(({ candidate, lease }) => ({
      kind: "hold" as const,
      recipientId: candidate.recipient.id,
      lease,
      dueAt: now,
      status: "active" as const,
    }));
    await moveClocks(ctx.db, moves).run();
  }
  return claimed.filter(({ slotAt }) => slotAt >= now - latenessMs);
}

/** Makes the emails. One that can't be made is set aside with the reason, and its recipient waits for the agent. */
async function prepare(ctx: Ctx, due: readonly Claimed[], material: Material): Promise<Prepared[]> {
  const made = await Promise.all(
    due.map(async (one) => ({ ...one, rendered: await render(ctx, one.candidate, material) })),
  );
  const unmakeable = made.flatMap(({ candidate: { recipient }, lease, rendered }) => {
    if (rendered.ok) return [];
    const isMissing = rendered.missing.length > 0;
    const failure = isMissing
      ? `Nothing to put in for: ${rendered.missing.join(", ")}`
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
    const moves = unmakeable.map(({ recipientId, lease }) => ({
      kind: "hold" as const,
      recipientId,
      lease,
      dueAt: null,
      status: "paused" as const,
    }));
    await ctx.db.$client.batch([recordUnmakeable(ctx.db, unmakeable), moveClocks(ctx.db, moves)]);
  }
  return made.flatMap(({ rendered, ...one }) => (rendered.ok ? [{ ...one, email: rendered.email }] : []));
}

async function render(ctx: Ctx, candidate: Candidate, material: Material) {
  const { recipient, campaign, previousStepNumber } = candidate;
  const wording = chosenWording(candidate);
  const cacheKey = wording === null ? "" : templateKey(wording.templateId, wording.templateVersion);
  const content = material.templates.get(cacheKey);
  const tenant = material.tenants.get(recipient.tenantId);
  const sender = material.senders.get(recipient.senderId);
  if (content === undefined || tenant === undefined || sender === undefined) {
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
  const domain = sender.fromEmail.slice(sender.fromEmail.indexOf("@") + 1);
  const previousMessageId =
    previousStepNumber === null
      ? null
      : await (await signerOf(ctx)).signMessageId({ ...reference, stepNumber: previousStepNumber }, domain);
  return renderEmail(ctx, {
    content,
    cacheKey,
    tenant,
    sender,
    campaign: { id: recipient.campaignId, replyTo: campaign.replyTo },
    recipient,
    reference,
    previousMessageId,
    preview: false,
  });
}

type Called = Pick<Sent, "outcome" | "accountId">;

/** No call was made: a definite not-now, which costs no attempt. */
const putOff: Called = {
  outcome: { kind: "deferred", retryAfterMs: null, detail: "Its time was over before it could go" },
  accountId: null,
};

/** Asked once more with the call next: taking the right to it and waiting for the slot may have taken long. */
function isStillTime({ candidate, slotAt, slot }: Prepared, now: number): boolean {
  // A clock that was set back meanwhile leaves a slot as far ahead as one that is not waited for.
  if (slotAt < now - latenessMs || slotAt - now > patienceMs) return false;
  return decide(candidate, now, slot).kind === "send";
}

async function call({ candidate, email }: Prepared, material: Material): Promise<Called> {
  const service = material.services.get(candidate.recipient.tenantId);
  if (service === undefined) {
    const detail = "No provider account is set up";
    return { outcome: { kind: "refused", fault: "channel", status: null, detail }, accountId: null };
  }
  const { accountId, attempts: _, ...outcome } = await service.send(email);
  return { outcome, accountId };
}

async function waitUntil(ctx: Ctx, slotAt: number): Promise<void> {
  const waitMs = Math.min(patienceMs, slotAt - ctx.now());
  if (waitMs > 0) await ctx.sleep(waitMs);
}

function logFailure(error: unknown, count: number): void {
  const name = error instanceof Error ? error.name : "unknown";
  // A database error's message carries the statement's parameters, which are people's; its cause does not.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  console.error(JSON.stringify({ level: "error", msg: "send chunk failed", name, cause, count }));
}
