import type { LetterRecord } from "../../../shared/letter-record.ts";
import { elseVariantIndex } from "../../../shared/limits.ts";
import type { RecipientEmail } from "../../../shared/recipient.ts";
import type { RecipientLetter } from "../../../shared/recipient-letter.ts";
import type { LetterState, MessageStatus } from "../../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import type { Ctx } from "../../context.ts";
import type { MessageLetterRow } from "../../db/letter-records.ts";
import {
  chooseEmailOfStep,
  type EmailOfStep,
  hasElseEmail,
  type RecipientEmails,
  renderComingEmail,
  renderSubjectOfEmail,
  resolveEmailWording,
} from "../../send/recipient-emails.ts";
import type { RenderedEmail } from "../../send/render.ts";
import { rebuildSentLetter } from "../../send/sent-letter.ts";
import { toIsoOrNull } from "./instant.ts";

const statesByStatus: Readonly<Record<MessageStatus, LetterState>> = {
  sending: "sending",
  sent: "sent",
  unknown: "probablySent",
  failed: "failed",
  skipped: "skipped",
  retrying: "coming",
};

/** Returns the state of one email of a recipient. */
function decideLetterState(
  { candidate: { recipient } }: Pick<RecipientEmails, "candidate">,
  message: Pick<MessageLetterRow, "status"> | undefined,
): LetterState {
  const hasEnded = recipient.status === "completed" || recipient.status === "stopped";
  const state = message === undefined ? "coming" : statesByStatus[message.status];
  return state === "coming" && hasEnded ? "dropped" : state;
}

/** Returns all emails of a recipient, sent and coming, in the order of the steps. */
export function listRecipientEmails(emails: RecipientEmails): RecipientEmail[] {
  return emails.steps.flatMap(({ kind, stepNumber, position }) => {
    const message = emails.messages.find((one) => one.stepNumber === stepNumber);
    if (kind !== "email" || (position === null && message === undefined)) return [];
    const email = chooseEmailOfStep(emails, stepNumber);
    return [
      {
        ...email,
        hasElse: hasElseEmail(emails, stepNumber),
        position,
        state: decideLetterState(emails, message),
        subject: message?.subject ?? renderSubjectOfEmail(emails, email) ?? "",
        isPersonal: (resolveEmailWording(emails, email)?.personalVersion ?? null) !== null,
      },
    ];
  });
}

/**
 * Returns one email of a recipient as a letter to read; null if there is no such email. If the
 * step's email has left, the letter is the email that left.
 */
export async function buildRecipientLetter(
  ctx: Ctx,
  emails: RecipientEmails,
  email: EmailOfStep,
): Promise<RecipientLetter | null> {
  const { stepNumber } = email;
  const wording = resolveEmailWording(emails, email);
  const message = emails.messages.find((one) => one.stepNumber === stepNumber);
  if (wording === null) return null;
  const state = decideLetterState(emails, message);
  const { sender, candidate } = emails;
  const base: RecipientLetter = {
    ...email,
    hasElse: hasElseEmail(emails, stepNumber),
    position: emails.steps.find((step) => step.stepNumber === stepNumber)?.position ?? null,
    state,
    copy: "none",
    isPersonal: wording.personalVersion !== null,
    sentAt: null,
    from: formatMailbox({ name: sender.fromName, email: sender.fromEmail }),
    to: formatMailbox({ name: candidate.recipient.name, email: candidate.recipient.email ?? "" }),
    subject: message?.subject ?? renderSubjectOfEmail(emails, email) ?? "",
    html: null,
    text: null,
    missingVariables: [],
    reason: null,
  };
  switch (state) {
    case "coming":
    case "dropped":
      return { ...base, ...showComing(await renderComingEmail(ctx, emails, email)) };
    case "sending":
    case "sent":
    case "probablySent":
      return {
        ...base,
        sentAt: toIsoOrNull(message?.sentAt ?? null),
        ...(await showSent(ctx, emails, message)),
      };
    case "failed":
      return { ...base, reason: message?.failure ?? null, ...(await showSent(ctx, emails, message)) };
    case "skipped": {
      const { skipReason } = message ?? {};
      return { ...base, reason: skipReason ? englishReasonTexts.skip[skipReason] : null };
    }
  }
}

const formatMailbox = ({ name, email }: LetterRecord["to"]) =>
  name === "" ? email : `${name} <${email}>`.trim();

type Shown = Pick<RecipientLetter, "copy" | "html" | "text"> & Partial<RecipientLetter>;
const nothingToShow = { copy: "none", html: null, text: null } as const;

function showComing(rendered: RenderedEmail | null): Shown {
  if (rendered === null) return nothingToShow;
  if (!rendered.ok) {
    const faults = rendered.faults.map(({ field, message }) => `${field} ${message}`);
    return { ...nothingToShow, reason: `This email can’t be made: ${faults.join("; ")}.` };
  }
  const { subject, html, text } = rendered.email;
  return { copy: "asOfNow", subject, html, text, missingVariables: rendered.missing };
}

async function showSent(
  ctx: Ctx,
  emails: RecipientEmails,
  message: MessageLetterRow | undefined,
): Promise<Shown> {
  if (!message?.record || message.subject === null) return nothingToShow;
  const { stepNumber, subject, record } = message;
  const isElse = message.variant === elseVariantIndex;
  const { copy, email } = await rebuildSentLetter(ctx, emails, { stepNumber, subject, record, isElse });
  const mailboxes = { from: formatMailbox(record.from), to: formatMailbox(record.to) };
  return { ...mailboxes, copy, html: email?.html ?? null, text: email?.text ?? null };
}
