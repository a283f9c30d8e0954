/**
 * The thread a follow-up continues. `subject`: the one it began under, as it was sent. `earlierSteps`: whose emails have
 * gone in it, oldest first; none in a preview, where nothing has.
 */
export type Thread = { subject: string; earlierSteps: readonly number[] };

/** An email as it went; `subject` is what its recipient saw. */
export type SentEmail = { stepNumber: number; subject: string };

/** @param sent of the thread that the next email is in, oldest first; null where that one begins it */
export function threadOf(sent: readonly SentEmail[]): Thread | null {
  const [first] = sent;
  return first === undefined
    ? null
    : { subject: first.subject, earlierSteps: sent.map(({ stepNumber }) => stepNumber) };
}

/**
 * What a reply within a thread is called: `Re: ` once, however often it is there already (RFC 5322 §3.6.5). Gmail puts
 * together only what has the same subject besides, so nothing else of it may change.
 * @param first the subject the thread began under, as it was sent
 */
export function replySubject(first: string): string {
  return `Re: ${first.trim().replace(/^(?:re(?:\[\d+\])?\s*:\s*)+/i, "")}`;
}

/** The step that begins the thread `stepNumber` is in, if every step before it goes; its own number where that is it. */
export function threadStart(steps: readonly { startsThread: boolean }[], stepNumber: number): number {
  return (
    Math.max(
      0,
      steps.slice(0, stepNumber).findLastIndex((step) => step.startsThread),
    ) + 1
  );
}
