import type { MessageReference } from "./provider.ts";

/**
 * The one thing a service is told about a message of ours besides the email itself, and hands back with each event.
 * SendGrid stores it for good as "not PII" and Mailgun shows it to the recipient, so it holds two of our ids and nothing else.
 * The name is rare on purpose: SendGrid puts it beside its own fields, where a known name would lose without a word.
 */
export const referenceName = "dk_message";

export function writeReference({ recipientId, stepNumber }: MessageReference): string {
  return `${recipientId}-${stepNumber}`;
}

type Pair = { recipientId: number | null; stepNumber: number | null };

/** Both null for anything `writeReference` does not write. */
export function readReference(value: unknown): Pair {
  const found = typeof value === "string" ? /^(\d{1,16})-(\d{1,4})$/.exec(value) : null;
  const recipientId = Number(found?.[1]);
  if (found === null || !Number.isSafeInteger(recipientId)) return { recipientId: null, stepNumber: null };
  return { recipientId, stepNumber: Number(found[2]) };
}
