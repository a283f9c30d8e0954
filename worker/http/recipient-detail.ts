import type { MissingValue, NotSentYetReason, OldValue, RecipientDetail } from "../../shared/recipient.ts";
import { loadAgentNames } from "../db/agents.ts";
import { listAnswers } from "../db/answers.ts";
import { loadCandidates } from "../db/candidates.ts";
import { findRefusal } from "../db/contact-history.ts";
import { countEmailsAhead } from "../db/next-emails.ts";
import { findRecipient, type RecipientRow } from "../db/recipients.ts";
import { findReplyStanding } from "../db/reply-threads.ts";
import { listTasksOfRecipient } from "../db/task-list.ts";
import { loadRecipientEventFacts, loadTimeline } from "../db/timelines.ts";
import { answerSettlingMs } from "../domain/answer.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { findListingFinding } from "../domain/send/candidate-listing.ts";
import { isAddressReplaceable } from "../domain/send/correction.ts";
import { explainHold } from "../domain/send/eligibility.ts";
import { formatHoldReason } from "../domain/send/explanations.ts";
import { forecastNextEmail } from "../domain/send/next-email.ts";
import { findOldFacts } from "../domain/send/old-facts.ts";
import { labelVariable } from "../mail/merge-data/variable-labels.ts";
import { loadStepMissingVariables, type StepMissingVariables } from "../send/missing-values.ts";
import { loadRecipientEmails, markUnattestedNextEmail } from "../send/recipient-emails.ts";
import type { RequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { findHoldSubject } from "./hold-subject.ts";
import { formatEmailsAhead } from "./next-emails.ts";
import { createNotFoundError } from "./request.ts";
import { toRefusalView } from "./views/contact-history.ts";
import { toIso } from "./views/instant.ts";
import { type SeesProperty, toOtherCampaignView } from "./views/other-campaign.ts";
import { emptyRecipientEventFacts, toRecipientView } from "./views/recipient.ts";
import { listRecipientEmails } from "./views/recipient-letter.ts";
import { toAgentAnswerView, toReplyStandingView } from "./views/reply.ts";
import { toTaskView } from "./views/task.ts";
import { toTimelineView } from "./views/timeline.ts";

/** Returns the entry of the audit log for a change of one recipient. */
export function buildRecipientAuditEntry(
  { ctx, agentId }: RequestScope,
  { id }: RecipientRow,
  action: string,
) {
  return buildAuditEntry({ ctx, agentId }, action, `recipients/${id}`);
}

/**
 * Loads a recipient again after a change, with the details that the recipient's own page shows.
 * @throws AppError notFound
 */
export async function reloadRecipientDetail(desk: RequestScope, id: number): Promise<RecipientDetail> {
  const changed = await findRecipient(desk.scope, id);
  if (changed === null) throw createNotFoundError();
  return loadRecipientDetail(desk, changed);
}

/** Loads the details that a recipient's own page shows. */
export async function loadRecipientDetail(
  { ctx, scope, agentId, sees }: RequestScope,
  recipient: RecipientRow,
): Promise<RecipientDetail> {
  const { propertyId, email } = recipient;
  const [facts, timeline, tasks, candidates, refusal, material, thread, answers] = await Promise.all([
    loadRecipientEventFacts(scope, [recipient.id]),
    loadTimeline(scope, recipient.id),
    listTasksOfRecipient(scope, recipient.id),
    loadCandidates(scope.db, [recipient.id], scope.tenantId),
    propertyId === null || email === null ? null : findRefusal(scope, { propertyId, email }),
    loadRecipientEmails(scope, recipient.id, ctx.now()),
    findReplyStanding(scope, recipient.id),
    listAnswers(scope, recipient.id, ctx.now() - answerSettlingMs),
  ]);
  const names = await loadAgentNames(scope, [
    ...answers.map(({ sentBy }) => sentBy),
    ...(thread?.assignedTo == null ? [] : [thread.assignedTo]),
  ]);
  const [loaded] = candidates;
  const candidate = loaded && material ? markUnattestedNextEmail(loaded, material) : loaded;
  const hasEnded = recipient.status === "completed" || recipient.status === "stopped";
  const [needs = []] = hasEnded
    ? []
    : await loadStepMissingVariables(scope, recipient.campaignId, candidates);
  const nextFailure = timeline.messages.find(({ stepNumber }) => stepNumber === recipient.nextStep)?.failure;
  const whyNotYet =
    candidate === undefined ? null : await explainWait({ ctx, scope, sees }, candidate, nextFailure);
  const emails = material === null ? [] : listRecipientEmails(material);
  const view = toRecipientView(recipient, facts.get(recipient.id) ?? emptyRecipientEventFacts, ctx.now());
  return {
    ...view,
    // While the recipient waits for an open or click, `nextSendAt` is only the time of the next
    // check, not a send time.
    nextSendAt: whyNotYet?.reason === "waitingForCondition" ? null : view.nextSendAt,
    isAddressReplaceable: isAddressReplaceable(recipient, ctx.now()),
    emails,
    messages: toTimelineView(timeline.messages, timeline.events, email).map((message) => ({
      ...message,
      subject:
        message.subject ?? emails.find((email) => email.stepNumber === message.stepNumber)?.subject ?? null,
    })),
    tasks: tasks.map((task) => toTaskView(task, agentId)),
    whyNotYet,
    answers: answers.map((answer) => toAgentAnswerView(answer, names)),
    reply: thread && toReplyStandingView(thread, names, ctx.now()),
    refusal: refusal && toRefusalView(refusal),
    listing:
      candidate === undefined
        ? null
        : findListingFinding(candidate, recipient.stopReason ?? whyNotYet?.reason ?? null, ctx.now()),
    missingValues: toMissingValues(needs),
    oldValues: hasEnded || candidate === undefined ? [] : listOldValues(candidate, ctx.now()),
  };
}

/** Returns each missing value once, with the first step that needs the value. */
function toMissingValues(needs: readonly StepMissingVariables[]): MissingValue[] {
  const found = new Map<string, MissingValue>();
  for (const { stepNumber, position, missing } of needs) {
    for (const path of missing) {
      if (!found.has(path)) found.set(path, { path, label: labelVariable(path), stepNumber, position });
    }
  }
  return [...found.values()];
}

const listOldValues = (candidate: Candidate, now: number): OldValue[] =>
  findOldFacts(candidate, now).map(({ path, value, at, ageDays, mostDays }) => ({
    ...{ path, value, ageDays, mostDays },
    label: labelVariable(path),
    asOf: toIso(at),
  }));

/**
 * Returns why no email has been sent yet. If the email is due and only waits for emails of the same
 * sender, returns their number and about when the email goes out.
 */
async function explainWait(
  { ctx, scope, sees }: Pick<RequestScope, "ctx" | "scope" | "sees">,
  candidate: Candidate,
  failure: string | null = null,
): Promise<NotSentYetReason | null> {
  const now = ctx.now();
  const wait = toWhyNotYet(candidate, now, sees, failure);
  const { id, status, lease, dueAt, scheduledAt } = candidate.recipient;
  const plannedAt = lease === null ? dueAt : scheduledAt;
  const isDue =
    status === "active" && candidate.campaign.status === "active" && (plannedAt ?? now + 1) <= now;
  if (!isDue || candidate.step?.kind !== "email" || (wait !== null && wait.reason !== "senderBusy"))
    return wait;
  const ahead = (await countEmailsAhead(scope, [id], now)).get(id) ?? 0;
  const message = formatEmailsAhead(ahead);
  const forecast = forecastNextEmail(candidate, plannedAt ?? now, ahead, now);
  if (message === null || forecast.state !== "queued") return wait;
  return { reason: "senderBusy", message, otherCampaign: null, until: toIso(forecast.at) };
}

function toWhyNotYet(
  candidate: Candidate,
  now: number,
  sees: SeesProperty,
  failure: string | null = null,
): NotSentYetReason | null {
  const hold = explainHold(candidate, now);
  if (hold === null) return null;
  const { reason, until } = hold;
  const subject = findHoldSubject(candidate, reason, now, failure, sees);
  return {
    reason,
    message: findListingFinding(candidate, reason, now)?.message ?? formatHoldReason(reason, subject),
    otherCampaign: subject.other && toOtherCampaignView(subject.other, sees),
    until: until === null ? null : toIso(until),
  };
}
