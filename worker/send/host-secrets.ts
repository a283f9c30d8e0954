import { hourMs } from "../../shared/time-lengths.ts";
import type { Ctx } from "../context.ts";
import type { DueHostWebhook } from "../db/host-webhooks.ts";
import { decodeBase64 } from "../providers/bytes.ts";
import { sealText, unsealText } from "../providers/credentials.ts";

const prefix = "whsec_";
const secretBytes = 32;

/** Returns a new secret in the form of Standard Webhooks. */
export function createHostSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(secretBytes));
  return `${prefix}${btoa(String.fromCharCode(...bytes))}`;
}

const buildContext = (webhookId: number) => `host-webhook:${webhookId}`;

export async function sealHostSecret(ctx: Ctx, webhookId: number, secret: string): Promise<string> {
  return await sealText(ctx.settings.CREDENTIALS_KEY, buildContext(webhookId), secret);
}

/**
 * Returns the change that gives a webhook a new secret. The present secret signs beside the new one
 * for some hours, so that the receiver can change its secret at any moment in between.
 */
export function buildSecretRotation(
  row: DueHostWebhook,
  sealedSecret: string,
  keepHours: number,
  now: number,
) {
  return keepHours === 0
    ? { sealedSecret, sealedOldSecret: null, oldSecretUntil: null }
    : { sealedSecret, sealedOldSecret: row.sealedSecret, oldSecretUntil: now + keepHours * hourMs };
}

/** Returns the keys that sign a webhook's events now, the newest first. */
export async function importHostKeys(ctx: Ctx, row: DueHostWebhook): Promise<CryptoKey[]> {
  const isOldLive = row.oldSecretUntil !== null && row.oldSecretUntil > ctx.now();
  const sealed = [row.sealedSecret, ...(isOldLive ? [row.sealedOldSecret] : [])];
  return await Promise.all(
    sealed
      .filter((one) => one !== null)
      .map(async (one) => {
        const secret = await unsealText(ctx.settings.CREDENTIALS_KEY, buildContext(row.id), one);
        return await importKey(secret);
      }),
  );
}

async function importKey(secret: string): Promise<CryptoKey> {
  const bytes = decodeBase64(secret.slice(prefix.length));
  if (bytes === null) throw new Error("the webhook's secret is not base64");
  return await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
