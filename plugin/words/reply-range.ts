import { say } from "./say.ts";
import { areTooFewEmails, findWilsonInterval } from "./too-few-emails.ts";

/**
 * Returns a text with an estimate of how many of 100 people reply, from the emails sent so far.
 * Returns null if no email was sent.
 */
export function describeReplyRange(replied: number, sent: number): string | null {
  if (sent === 0) return null;
  const interval = findWilsonInterval(replied, sent);
  if (areTooFewEmails(interval)) return say("too few emails to tell");
  const [low, high] = [Math.round(interval.low * 100), Math.round(interval.high * 100)];
  if (high === 0) return say("fewer than 1 of 100 reply");
  return low === high
    ? say("about {count} of 100 reply", { count: low })
    : say("about {low} to {high} of 100 reply", { low, high });
}
