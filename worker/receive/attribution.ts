import { type ProviderName, providerNames } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import type { EventRecipient } from "../db/events.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";
import type { EventJob } from "../jobs.ts";
import { getLinkSigner } from "../links.ts";

/**
 * Adds the recipient and step to events that name only a Message-ID. Our Message-IDs are signed and
 * contain the recipient's id and the step's number.
 */
export async function attributeEvents(
  ctx: Ctx,
  events: readonly NormalizedEvent[],
): Promise<NormalizedEvent[]> {
  const signer = await getLinkSigner(ctx);
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
 * Detaches events from messages whose sending never began. The recipient and step in a payload are
 * plain text, which anybody with the account's API key can write. A `messages` row proves that
 * sending began, because the row is written before the provider call. A signed Message-ID is proof
 * even if a database restore lost the row.
 */
export async function detachUnprovenEvents(
  ctx: Ctx,
  events: readonly NormalizedEvent[],
  owners: ReadonlyMap<number, EventRecipient>,
  source: EventJob["source"],
): Promise<NormalizedEvent[]> {
  if (!isProviderSource(source)) return [...events];
  const signer = await getLinkSigner(ctx);
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

function isProviderSource(source: string): source is ProviderName {
  return providerNames.some((name) => name === source);
}
