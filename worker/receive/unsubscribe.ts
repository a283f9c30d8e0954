import type { Ctx } from "../context.ts";
import { loadEventRecipients } from "../db/events.ts";
import { buildSuppressionInsert } from "../db/suppressions.ts";
import type { EmailLink } from "../mail/link-signer.ts";
import { ingestEvents } from "./ingest.ts";
import { buildLinkEvent } from "./link-event.ts";

/**
 * Unsubscribes the person to whom an email went. A repeated call changes nothing. The link contains
 * the address, so the unsubscribe holds without the recipient's row, and also for the address that
 * the email went to before an agent corrected it.
 * @returns false if nothing could be stored: the recipient is gone and the link, of version 1,
 *   contains no address
 */
export async function unsubscribe(
  ctx: Ctx,
  { reference, email }: Extract<EmailLink, { kind: "unsubscribe" }>,
): Promise<boolean> {
  const { tenantId, recipientId, stepNumber } = reference;
  const now = ctx.now();
  const owner = (await loadEventRecipients(ctx.db, [recipientId], tenantId)).get(recipientId);
  if (owner !== undefined) {
    const facts = { occurredAt: now, dedupeKey: "oneClick", isMachine: false, data: {} };
    const events = [buildLinkEvent("unsubscribed", reference, facts)];
    await ingestEvents(ctx, { kind: "events", tenantId, source: "link", receivedAt: now, events });
  }
  const sentTo = email?.toLowerCase() ?? "";
  if (sentTo === "" || sentTo === owner?.email?.toLowerCase()) return owner !== undefined;
  const evidence = { recipientId, stepNumber, kind: "unsubscribed" };
  const row = { tenantId, email: sentTo, reason: "unsubscribed" as const, source: "link", evidence };
  await buildSuppressionInsert(ctx.db, [row], now).run();
  return true;
}
