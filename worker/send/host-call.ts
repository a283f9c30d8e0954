import { hostEventVersion } from "../../shared/host-event.ts";
import type { HostEventType } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import type { DueHostWebhook } from "../db/host-webhooks.ts";
import { encodeUtf8 } from "../providers/bytes.ts";
import { importHostKeys } from "./host-secrets.ts";
import { findHostFault, findUrlFault } from "./public-address.ts";

/** The time in which a receiver must answer. */
export const callTimeoutMs = 5_000;

export type OutgoingEvent = {
  messageId: string;
  type: HostEventType;
  occurredAt: number;
  sequence: number | null;
  data: Record<string, unknown>;
};
/** The receiver's answer to one event; `failure` is null if the receiver took the event. */
export type CallAnswer = { failure: string | null; isGone: boolean };
export type HostCaller = (event: OutgoingEvent) => Promise<CallAnswer>;

/**
 * Returns a function that posts events to one webhook, signed as Standard Webhooks says. The
 * function never throws. The URL's host is checked once, as far as a Worker can check: Cloudflare
 * looks the name up again for the call.
 */
export async function openHostCaller(ctx: Ctx, webhook: DueHostWebhook): Promise<HostCaller> {
  const allowsPrivate = ctx.settings.ALLOW_PRIVATE_WEBHOOKS;
  const fault = findUrlFault(webhook.url, allowsPrivate) ?? (await findHostFault(webhook.url, allowsPrivate));
  if (fault !== null) return async () => ({ failure: `the URL ${fault}`, isGone: false });
  const keys = await importHostKeys(ctx, webhook);
  return async (event) => await post(webhook.url, keys, event, Math.floor(ctx.wallClock() / 1000));
}

async function post(
  url: string,
  keys: readonly CryptoKey[],
  event: OutgoingEvent,
  timestamp: number,
): Promise<CallAnswer> {
  const body = JSON.stringify({
    type: event.type,
    timestamp: new Date(event.occurredAt).toISOString(),
    version: hostEventVersion,
    sequence: event.sequence,
    data: event.data,
  });
  const content = encodeUtf8(`${event.messageId}.${timestamp}.${body}`);
  const signatures = await Promise.all(keys.map(async (key) => await sign(key, content)));
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "Doorknock-Webhooks/1",
        "webhook-id": event.messageId,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signatures.join(" "),
      },
      body,
      // A redirect could lead to a private address.
      redirect: "manual",
      signal: AbortSignal.timeout(callTimeoutMs),
    });
    // The body says nothing that is used, and an open body would keep one of the six connections.
    await response.body?.cancel();
    return { failure: response.ok ? null : `HTTP ${response.status}`, isGone: response.status === 410 };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return {
      failure: isLate ? `no answer in ${callTimeoutMs / 1000} seconds` : "no connection",
      isGone: false,
    };
  }
}

async function sign(key: CryptoKey, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, content));
  return `v1,${btoa(String.fromCharCode(...bytes))}`;
}
