import type { MessageReference } from "./provider.ts";

/**
 * A service stores our reference to a message under this name, and returns the reference with each
 * event. SendGrid stores the value for good as "not PII", and Mailgun shows the value to the
 * recipient. So the value has only two of our ids.
 *
 * The name is rare on purpose: SendGrid puts our field beside its own, and a field of the same name
 * would silently replace ours.
 */
export const referenceFieldName = "dk_message";

export function formatReference({ recipientId, stepNumber }: MessageReference): string {
  return `${recipientId}-${stepNumber}`;
}

type ReferenceIds = { recipientId: number | null; stepNumber: number | null };

/**
 * Returns the ids in a reference; both are null for any value that `formatReference` never writes.
 */
export function parseReference(value: unknown): ReferenceIds {
  const found = typeof value === "string" ? /^(\d{1,16})-(\d{1,4})$/.exec(value) : null;
  const recipientId = Number(found?.[1]);
  if (found === null || !Number.isSafeInteger(recipientId)) return { recipientId: null, stepNumber: null };
  return { recipientId, stepNumber: Number(found[2]) };
}
