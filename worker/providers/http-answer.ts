import type { SendOutcome } from "./provider.ts";

/** An HTTP answer that is not a yes, in the terms both services share. `detail` is clean already. */
export type HttpRefusal = {
  status: number;
  detail: string;
  isRecipientFault: boolean;
  isChannelFault: boolean;
  retryAfterMs: number | null;
};

/**
 * Cloudflare answers in the service's place where it could not reach it: 521 refused, 523 no route, 525 and 526 no TLS,
 * 530 no such host. A Worker's fetch sees these as answers, and in each the request was never handed over.
 * 520, 522 and 524 can come after it was.
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const neverHandedOver = new Set([521, 523, 525, 526, 530]);
/** What 4xx the account, its plan, its domain or our address for the service is to blame for; never the email. */
const channelStatuses = new Set([401, 402, 403, 404, 405, 406, 407, 410, 413, 421, 451]);

export function outcomeOfRefusal(answer: HttpRefusal): SendOutcome {
  const { status, retryAfterMs } = answer;
  const detail = `HTTP ${status}${answer.detail === "" ? "" : `: ${answer.detail}`}`.slice(0, 300);
  if (status === 429) return { kind: "deferred", retryAfterMs, detail };
  if (
    neverHandedOver.has(status) ||
    channelStatuses.has(status) ||
    (answer.isChannelFault && isRefusal(status))
  ) {
    return { kind: "refused", fault: "channel", status: null, detail };
  }
  if (!isRefusal(status)) return { kind: "unknown", detail };
  if (!answer.isRecipientFault) return { kind: "refused", fault: "message", status: null, detail };
  return { kind: "refused", fault: "recipient", status: null, bounceClass: "hard", detail };
}

/** 408 is a timeout by another name: the request may have been acted on. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

const dayMs = 24 * 3_600_000;

/** `until - from`, between 0 and a day; null where `until` is no instant. */
export function waitMs(until: number, from: number): number | null {
  return Number.isFinite(until) ? Math.min(dayMs, Math.max(0, until - from)) : null;
}
