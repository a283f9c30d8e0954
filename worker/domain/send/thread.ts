/**
 * The thread that a follow-up continues. `subject`: the subject of the thread's first email, as
 * sent. `earlierSteps`: the numbers of the steps whose emails have gone in the thread, oldest
 * first; empty in a preview.
 */
export type EmailThread = { subject: string; earlierSteps: readonly number[] };

/** A sent email. `subject` is the subject that the recipient saw. */
export type SentEmail = { stepNumber: number; subject: string };

/**
 * Returns the thread that the next email continues, or null if that email begins a thread.
 * @param sent the emails already sent in the thread, oldest first
 */
export function buildThread(sent: readonly SentEmail[]): EmailThread | null {
  const [first] = sent;
  return first === undefined
    ? null
    : { subject: first.subject, earlierSteps: sent.map(({ stepNumber }) => stepNumber) };
}

/**
 * Returns the subject of a reply in a thread: `Re: ` exactly once (RFC 5322 §3.6.5). Gmail groups
 * only emails whose subjects are otherwise equal, so the rest of the subject stays unchanged.
 * @param first the subject of the thread's first email, as sent
 */
export function formatReplySubject(first: string): string {
  return `Re: ${first.trim().replace(/^(?:re(?:\[\d+\])?\s*:\s*)+/i, "")}`;
}

/**
 * Returns the number of the step that begins the thread of step `stepNumber`, which can be the same
 * step. Assumes that every earlier email is sent.
 */
export function findThreadStart(steps: readonly { startsThread: boolean }[], stepNumber: number): number {
  return (
    Math.max(
      0,
      steps.slice(0, stepNumber).findLastIndex((step) => step.startsThread),
    ) + 1
  );
}
