/**
 * The thread that a follow-up continues. `subject`: the subject of the thread's first email, as
 * sent. `earlierSteps`: the numbers of the steps whose emails have gone in the thread, oldest
 * first; empty in a preview before the first email. `hasWritten`: the person has answered in this
 * campaign.
 */
export type EmailThread = { subject: string; earlierSteps: readonly number[]; hasWritten: boolean };

/** A sent email. `subject` is the subject that the recipient saw. */
export type SentEmail = { stepNumber: number; subject: string };

/**
 * Returns the thread that the next email continues, or null if that email begins a thread.
 * @param sent the emails already sent in the thread, oldest first
 * @param hasWritten whether the person has answered in this campaign
 */
export function buildThread(sent: readonly SentEmail[], hasWritten: boolean): EmailThread | null {
  const [first] = sent;
  return first === undefined
    ? null
    : { subject: first.subject, earlierSteps: sent.map(({ stepNumber }) => stepNumber), hasWritten };
}

/**
 * Returns the subject of an email that continues a thread. Gmail groups only emails whose subjects
 * are equal apart from "Re:". So the result is the subject of the first email, with one "Re: " if
 * the person has written (RFC 5322 §3.6.5).
 */
export function formatThreadSubject({ subject, hasWritten }: EmailThread): string {
  const plain = subject.trim().replace(/^(?:re(?:\[\d+\])?\s*:\s*)+/i, "");
  return hasWritten ? `Re: ${plain}` : plain;
}
