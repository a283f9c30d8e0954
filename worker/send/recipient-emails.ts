import type { Ctx } from "../context.ts";
import { listStepsEverUsed, type StepRow } from "../db/campaign-steps.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  listAnsweredRecipients,
  loadSenderIdentities,
  loadTenantIdentities,
  type SenderIdentity,
  type TenantIdentity,
} from "../db/email-inputs.ts";
import { listMessageLetters, type MessageLetterRow } from "../db/letter-records.ts";
import type { Scope } from "../db/scope.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { mergeCurrentFacts } from "../domain/send/facts-of-day.ts";
import { buildThread, type EmailThread, formatThreadSubject } from "../domain/send/thread.ts";
import type { TemplateVersionReference } from "../domain/send/variant.ts";
import { type RenderedEmail, renderEmail, renderLetterDraft, renderSubject } from "./render.ts";
import { loadStepWordings, resolveStepWording, type StepWording, type WordingTexts } from "./step-wording.ts";

/** The rows from which one recipient's emails are rendered: sent emails and coming emails. */
export type RecipientEmails = {
  candidate: Candidate;
  steps: StepRow[];
  messages: MessageLetterRow[];
  wordings: WordingTexts;
  tenant: TenantIdentity;
  sender: SenderIdentity;
  hasWritten: boolean;
};

/** Loads the rows for one recipient's emails; null if the recipient does not exist. */
export async function loadRecipientEmails(
  scope: Scope,
  recipientId: number,
): Promise<RecipientEmails | null> {
  const { db, tenantId } = scope;
  const [candidate] = await loadCandidates(db, [recipientId], tenantId);
  if (candidate === undefined) return null;
  const [steps, messages, [sender], [tenant], answered] = await Promise.all([
    listStepsEverUsed(scope, candidate.recipient.campaignId),
    listMessageLetters(scope, recipientId),
    loadSenderIdentities(db, [candidate.recipient.senderId]),
    loadTenantIdentities(db, [tenantId]),
    listAnsweredRecipients(db, [recipientId]),
  ]);
  if (sender === undefined || tenant === undefined) return null;
  const versions: TemplateVersionReference[] = [
    ...steps.flatMap((step) => (step.kind === "email" ? [step, ...step.variants] : [])),
    // A sent email may have an earlier version of its template.
    ...messages.flatMap(({ record }) => record ?? []),
  ];
  const wordings = await loadStepWordings(db, versions, [{ recipientId }]);
  const hasWritten = answered.has(recipientId);
  return { candidate, steps, messages, wordings, tenant, sender, hasWritten };
}

/** Returns the wording of one step for the recipient; null if the step is no email. */
export function resolveEmailWording(
  { candidate, steps, wordings }: RecipientEmails,
  stepNumber: number,
): StepWording | null {
  const step = steps.find((one) => one.stepNumber === stepNumber);
  if (step?.kind !== "email") return null;
  return resolveStepWording(step, { recipientId: candidate.recipient.id, stepNumber }, wordings);
}

const isGone = ({ status }: MessageLetterRow) => status === "sent" || status === "unknown";

/**
 * Returns the thread that an email continues, or null if the email begins a thread. If no email of
 * the thread was sent yet, the thread's next email is taken to be sent first.
 */
export function findEmailThread(emails: RecipientEmails, stepNumber: number): EmailThread | null {
  const { steps, messages, hasWritten } = emails;
  const place = steps.findIndex((step) => step.stepNumber === stepNumber);
  const start = steps.findLastIndex(
    (step, index) => step.kind === "email" && step.position !== null && step.startsThread && index <= place,
  );
  const before = steps.slice(Math.max(start, 0), Math.max(place, 0));
  const sent = before.flatMap((step) => {
    const message = messages.find((one) => one.stepNumber === step.stepNumber);
    return message !== undefined && isGone(message) && message.subject
      ? [{ stepNumber: message.stepNumber, subject: message.subject }]
      : [];
  });
  if (sent.length > 0) return buildThread(sent, hasWritten);
  const isComing = (number: number) => {
    const status = messages.find((one) => one.stepNumber === number)?.status;
    return status === undefined || status === "retrying" || status === "sending";
  };
  const first = before.find(
    (step) => step.kind === "email" && step.position !== null && isComing(step.stepNumber),
  );
  const subject = first && renderOwnSubject(emails, first.stepNumber);
  return subject ? { subject, earlierSteps: [], hasWritten } : null;
}

/** Returns the subject that an email has or would have; null if the step is no email. */
export function describeSubject(emails: RecipientEmails, stepNumber: number): string | null {
  const thread = findEmailThread(emails, stepNumber);
  return thread === null ? renderOwnSubject(emails, stepNumber) : formatThreadSubject(thread);
}

function renderOwnSubject(emails: RecipientEmails, stepNumber: number): string | null {
  const wording = resolveEmailWording(emails, stepNumber);
  if (wording === null) return null;
  const rendered = renderSubject(wording.content.subject, readPeople(emails));
  return rendered.ok ? rendered.output : null;
}

/**
 * Returns the people that an email names: the recipient, the sender and the tenant. The recipient's
 * data has the current facts of the property.
 */
export const readPeople = ({ candidate, sender, tenant }: RecipientEmails) => ({
  recipient: { ...candidate.recipient, data: mergeCurrentFacts(candidate) },
  sender,
  tenant,
});

/** Renders a coming email as it would leave now, with links that lead nowhere. */
export async function renderComingEmail(
  ctx: Ctx,
  emails: RecipientEmails,
  stepNumber: number,
): Promise<RenderedEmail | null> {
  const wording = resolveEmailWording(emails, stepNumber);
  if (wording === null) return null;
  const { tenantId, id: recipientId, campaignId } = emails.candidate.recipient;
  const { replyTo, type } = emails.candidate.campaign;
  return await renderEmail(ctx, {
    ...readPeople(emails),
    content: wording.content,
    cacheKey: wording.cacheKey,
    campaign: { id: campaignId, replyTo, type },
    reference: { tenantId, recipientId, stepNumber },
    thread: findEmailThread(emails, stepNumber),
    preview: true,
  });
}

/**
 * Renders the draft with which a plain-text editor of an email begins; null if the email can't be
 * rendered.
 */
export async function renderEmailDraft(emails: RecipientEmails, { content, cacheKey }: StepWording) {
  return await renderLetterDraft({ ...readPeople(emails), content, cacheKey });
}
