import type { Ctx } from "../context.ts";
import { loadCandidates } from "../db/candidates.ts";
import type { Scope } from "../db/scope.ts";
import { isWindowOpen } from "../domain/schedule/schedule.ts";
import type { Candidate, NextStepDecision } from "../domain/send/candidate.ts";
import { decideNextStep } from "../domain/send/eligibility.ts";
import { formatThreadSubject } from "../domain/send/thread.ts";
import { type EmailInputs, findNextThread, loadEmailInputs, resolveNextWording } from "./email-inputs.ts";
import { renderSubject } from "./render.ts";
import { markUnattestedWording } from "./wording-claims.ts";

/**
 * The forecast of "send now" for one recipient: the email's subject, and the decision about the
 * email.
 */
export type SendNowForecast = {
  candidate: Candidate;
  subject: string | null;
  isInsideHours: boolean;
  decision: NextStepDecision;
};

/** Returns the forecast of "send now" for each of these recipients, and changes nothing. */
export async function forecastSendNow(
  ctx: Ctx,
  scope: Scope,
  recipientIds: readonly number[],
): Promise<SendNowForecast[]> {
  const candidates = await loadCandidates(scope.db, recipientIds, scope.tenantId);
  const inputs = await loadEmailInputs(ctx, candidates);
  const now = ctx.now();
  return candidates
    .toSorted((one, other) => one.recipient.id - other.recipient.id)
    .map((candidate) => ({
      candidate,
      subject: previewSubject(candidate, inputs),
      isInsideHours: isWindowOpen(now, candidate.recipient.timeZone, candidate.campaign),
      decision: decideNextStep(askToSendNow(judgeClaims(candidate, inputs), now), now),
    }));
}

const judgeClaims = (candidate: Candidate, inputs: EmailInputs) =>
  markUnattestedWording(candidate, resolveNextWording(candidate, inputs), findNextThread(candidate, inputs));

function askToSendNow(candidate: Candidate, now: number): Candidate {
  const recipient = { ...candidate.recipient, sendNow: 2, lease: null, dueAt: now } as const;
  return { ...candidate, recipient };
}

function previewSubject(candidate: Candidate, inputs: EmailInputs): string | null {
  const { recipient } = candidate;
  const wording = resolveNextWording(candidate, inputs);
  if (wording === null) return null;
  const thread = findNextThread(candidate, inputs);
  if (thread !== null) return formatThreadSubject(thread);
  const tenant = inputs.tenants.get(recipient.tenantId);
  const sender = inputs.senders.get(recipient.senderId);
  if (tenant === undefined || sender === undefined) return null;
  const rendered = renderSubject(wording.content.subject, { recipient, tenant, sender });
  return rendered.ok ? rendered.output : null;
}
