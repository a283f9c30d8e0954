import { type ProviderName, providerNames } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import type { EventOwner } from "../db/events.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { EventJob } from "../jobs.ts";
import { createSigner } from "../links.ts";

/** Where a payload does not carry our key, our own Message-ID does: it is signed and names its message. */
export async function tieToMessages(
  ctx: Ctx,
  events: readonly NormalizedEvent[],
): Promise<NormalizedEvent[]> {
  const signer = await createSigner(ctx);
  return Promise.all(
    events.map(async (event) => {
      if (event.recipientId !== null || event.messageId === null) return event;
      const found = await signer.readMessageIds(`<${event.messageId}>`);
      if (found === null) return event;
      return { ...event, recipientId: found.recipientId, stepNumber: found.stepNumber };
    }),
  );
}

/**
 * Takes from events what they say of emails that were never begun. Our key in a payload is plain text, which anybody with
 * the account's own key can write; a row of `messages` bears it out, written before the call that sends it, so a webhook
 * may well beat our own commit. What we signed bears itself out, and outlives a restored database: links, the addresses
 * of replies, and our Message-ID.
 */
export async function untieUnsent(
  ctx: Ctx,
  events: readonly NormalizedEvent[],
  owners: ReadonlyMap<number, EventOwner>,
  source: EventJob["source"],
): Promise<NormalizedEvent[]> {
  if (!isService(source)) return [...events];
  const signer = await createSigner(ctx);
  return Promise.all(
    events.map(async (event) => {
      const { recipientId, stepNumber, messageId } = event;
      const owner = recipientId === null ? undefined : owners.get(recipientId);
      if (owner === undefined || owner.begunSteps.includes(stepNumber ?? 0)) return event;
      const signed = messageId === null ? null : await signer.readMessageIds(`<${messageId}>`);
      const isProven = signed?.recipientId === recipientId && signed.stepNumber === stepNumber;
      return isProven ? event : { ...event, recipientId: null, stepNumber: null };
    }),
  );
}

function isService(source: string): source is ProviderName {
  return providerNames.some((name) => name === source);
}
