import { elseVariantIndex } from "../../shared/limits.ts";
import type { Ctx } from "../context.ts";
import { type EmailStepRow, listStepsEverUsed, type StepRow } from "../db/campaign-steps.ts";
import { loadCandidates } from "../db/candidates.ts";
import {
  listRecipientsWithReply,
  loadSenderIdentities,
  loadTenantIdentities,
  type SenderIdentity,
  type TenantIdentity,
} from "../db/email-inputs.ts";
import { listMessageLetters, type MessageLetterRow } from "../db/letter-records.ts";
import type { Scope } from "../db/scope.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { goesWithElseEmail } from "../domain/send/eligibility.ts";
import { applyNewerFacts } from "../domain/send/facts-of-day.ts";
import { buildThread, type EmailThread, formatThreadSubject } from "../domain/send/thread.ts";
import { getTriedWording, listWordings, type TemplateVersionReference } from "../domain/send/variant.ts";
import { type RenderedEmail, renderEmail, renderLetterDraft, renderSubject } from "./render.ts";
import {
  type LoadedWordingTexts,
  loadStepWordingTexts,
  resolveStepWording,
  type StepWording,
} from "./step-wording.ts";
import { markUnattestedWording } from "./wording-claims.ts";

/** The rows from which one recipient's emails are rendered: sent emails and coming emails. */
export type RecipientEmails = {
  candidate: Candidate;
  steps: StepRow[];
  messages: MessageLetterRow[];
  wordings: LoadedWordingTexts;
  tenant: TenantIdentity;
  sender: SenderIdentity;
  hasWritten: boolean;
  /** The instant for which a step's conditions decide between the main email and the else email. */
  now: number;
};

/** One email of a recipient. `isElse`: the step's else email. */
export type EmailOfStep = { stepNumber: number; isElse: boolean };

/** Loads the rows for one recipient's emails; null if the recipient does not exist. */
export async function loadRecipientEmails(
  scope: Scope,
  recipientId: number,
  now: number,
): Promise<RecipientEmails | null> {
  const { db, tenantId } = scope;
  const [candidate] = await loadCandidates(db, [recipientId], tenantId);
  if (candidate === undefined) return null;
  const [steps, messages, [sender], [tenant], answered] = await Promise.all([
    listStepsEverUsed(scope, candidate.recipient.campaignId),
    listMessageLetters(scope, recipientId),
    loadSenderIdentities(db, [candidate.recipient.senderId]),
    loadTenantIdentities(db, [tenantId]),
    listRecipientsWithReply(db, [recipientId]),
  ]);
  if (sender === undefined || tenant === undefined) return null;
  const versions: TemplateVersionReference[] = [
    ...steps.flatMap((step) => (step.kind === "email" ? listWordings(step) : [])),
    // A sent email may have an earlier version of its template.
    ...messages.flatMap(({ record }) => record ?? []),
  ];
  const wordings = await loadStepWordingTexts(db, versions, [{ recipientId }]);
  const hasWritten = answered.has(recipientId);
  return { candidate, steps, messages, wordings, tenant, sender, hasWritten, now };
}

/**
 * Returns which of a step's two emails the recipient has got, or would get now. For a step after
 * the next step, the result is the step's main email, because the step's conditions depend on
 * emails that have not left.
 */
export function chooseEmailOfStep(emails: RecipientEmails, stepNumber: number): EmailOfStep {
  const { messages, candidate, now } = emails;
  const message = messages.find((one) => one.stepNumber === stepNumber);
  const isElse =
    message !== undefined && message.sentAt !== null && message.status !== "skipped"
      ? message.variant === elseVariantIndex
      : stepNumber === candidate.recipient.nextStep && goesWithElseEmail(candidate, now);
  return { stepNumber, isElse };
}

/** Tells whether the step has an else email. */
export const hasElseEmail = ({ steps }: RecipientEmails, stepNumber: number): boolean =>
  steps.some((step) => step.stepNumber === stepNumber && step.kind === "email" && step.elseEmail !== null);

/** Returns the wording of one email for the recipient; null if there is no such email. */
export function resolveEmailWording(
  { candidate, steps, messages, wordings }: RecipientEmails,
  { stepNumber, isElse }: EmailOfStep,
): StepWording | null {
  const step = steps.find((one) => one.stepNumber === stepNumber);
  if (step?.kind !== "email" || (isElse && step.elseEmail === null)) return null;
  const message = messages.find((one) => one.stepNumber === stepNumber && one.status !== "skipped");
  const tried = getTriedWording(message ? { ...message, attemptedAt: message.sentAt } : null);
  return resolveStepWording(
    step,
    { recipientId: candidate.recipient.id, stepNumber, isElse, tried },
    wordings,
  );
}

/**
 * Returns the candidate, with the next email added to `unattestedWordings` if the email's text
 * makes a claim that the office has not attested.
 */
export function markUnattestedNextEmail(candidate: Candidate, emails: RecipientEmails): Candidate {
  const email = chooseEmailOfStep(emails, candidate.recipient.nextStep);
  return markUnattestedWording(candidate, resolveEmailWording(emails, email), findEmailThread(emails, email));
}

const isGone = ({ status }: MessageLetterRow) => status === "sent" || status === "unknown";

/**
 * Returns the thread that an email continues, or null if the email begins a thread. If no email of
 * the thread was sent yet, the thread's next email is assumed to be sent first.
 */
export function findEmailThread(emails: RecipientEmails, email: EmailOfStep): EmailThread | null {
  const { steps, messages, hasWritten } = emails;
  const place = steps.findIndex((step) => step.stepNumber === email.stepNumber);
  const startsThread = (step: EmailStepRow, index: number) => {
    const { isElse } = index === place ? email : chooseEmailOfStep(emails, step.stepNumber);
    return (isElse ? step.elseEmail : null)?.startsThread ?? step.startsThread;
  };
  const start = steps.findLastIndex(
    (step, index) =>
      step.kind === "email" && step.position !== null && index <= place && startsThread(step, index),
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
  const subject = first && renderOwnSubject(emails, chooseEmailOfStep(emails, first.stepNumber));
  return subject ? { subject, earlierSteps: [], hasWritten } : null;
}

/**
 * Returns the subject that an email has or would have; null if the step is no email, or if its
 * subject can't be rendered.
 */
export function renderSubjectOfEmail(emails: RecipientEmails, email: EmailOfStep): string | null {
  const thread = findEmailThread(emails, email);
  return thread === null ? renderOwnSubject(emails, email) : formatThreadSubject(thread);
}

function renderOwnSubject(emails: RecipientEmails, email: EmailOfStep): string | null {
  const wording = resolveEmailWording(emails, email);
  if (wording === null) return null;
  const rendered = renderSubject(wording.content.subject, getPeopleOfEmail(emails));
  return rendered.ok ? rendered.output : null;
}

/**
 * Returns the people whose data an email uses: the recipient, the sender and the tenant. The
 * recipient's values are the present values.
 */
export const getPeopleOfEmail = ({ candidate, sender, tenant }: RecipientEmails) => ({
  recipient: applyNewerFacts(candidate),
  sender,
  tenant,
});

/** Renders a coming email in the form that would leave now, with links that lead nowhere. */
export async function renderComingEmail(
  ctx: Ctx,
  emails: RecipientEmails,
  email: EmailOfStep,
): Promise<RenderedEmail | null> {
  const wording = resolveEmailWording(emails, email);
  if (wording === null) return null;
  const { tenantId, id: recipientId, campaignId } = emails.candidate.recipient;
  const { replyTo, type } = emails.candidate.campaign;
  return await renderEmail(ctx, {
    ...getPeopleOfEmail(emails),
    content: wording.content,
    cacheKey: wording.cacheKey,
    campaign: { id: campaignId, replyTo, type },
    reference: { tenantId, recipientId, stepNumber: email.stepNumber },
    thread: findEmailThread(emails, email),
    preview: true,
  });
}

/**
 * Renders the draft with which a plain-text editor of an email begins; null if the email can't be
 * rendered.
 */
export async function renderEmailDraft(emails: RecipientEmails, { content, cacheKey }: StepWording) {
  return await renderLetterDraft({ ...getPeopleOfEmail(emails), content, cacheKey });
}
