import { dayMs } from "../../shared/time-lengths.ts";
import type { SendOutcome } from "./provider.ts";

/**
 * An HTTP answer that is not a success, in terms that SendGrid and Mailgun share. `detail` is
 * already redacted.
 */
export type HttpFailure = {
  status: number;
  detail: string;
  isRecipientFault: boolean;
  isChannelFault: boolean;
  retryAfterMs: number | null;
};

/**
 * Statuses with which Cloudflare answers for a service that could not be reached: 521 refused, 523
 * no route, 525 and 526 no TLS, 530 no such host. A Worker's fetch returns such a status as an
 * answer, although the request was never handed over. 520, 522 and 524 can also come after the
 * service got the request.
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const neverHandedOver = new Set([521, 523, 525, 526, 530]);
/**
 * Statuses that are the fault of the account, its plan, its domain or the URL that we call; never
 * the email's fault.
 */
const channelStatuses = new Set([401, 402, 403, 404, 405, 406, 407, 410, 413, 421, 451]);

/**
 * Returns the outcome of an answer that is not a success. After a 429 or a 503, the service has not
 * taken the email (RFC 9110 §15.6.4), so the email is sent again later. After any other 5xx that
 * `neverHandedOver` does not list, the service may have taken the email.
 */
export function classifyHttpFailure(answer: HttpFailure): SendOutcome {
  const { status, retryAfterMs } = answer;
  const detail = `HTTP ${status}${answer.detail === "" ? "" : `: ${answer.detail}`}`.slice(0, 300);
  if (status === 429) return { kind: "deferred", retryAfterMs, detail };
  if (status === 503) return { kind: "deferred", retryAfterMs, isServiceDown: true, detail };
  if (
    neverHandedOver.has(status) ||
    channelStatuses.has(status) ||
    (answer.isChannelFault && isDefiniteNo(status))
  ) {
    return { kind: "refused", fault: "channel", status: null, detail };
  }
  if (!isDefiniteNo(status)) return { kind: "unknown", detail };
  if (!answer.isRecipientFault) return { kind: "refused", fault: "message", status: null, detail };
  return { kind: "refused", fault: "recipient", status: null, bounceClass: "hard", detail };
}

/**
 * Tells whether the status means that the service has not acted on the request. A 408 reports a
 * timeout, so the service may have acted on the request.
 */
function isDefiniteNo(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/**
 * Returns `until - from` in milliseconds, limited to between 0 and a day, or null if `until` is not
 * a number.
 */
export function clampWaitMs(until: number, from: number): number | null {
  return Number.isFinite(until) ? Math.min(dayMs, Math.max(0, until - from)) : null;
}
