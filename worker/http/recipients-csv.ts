import { englishReasonTexts } from "../../shared/words/reason-texts.ts";
import { englishSourceNames } from "../../shared/words/source-names.ts";
import { type ListedCampaign, loadRecipients } from "../db/recipients.ts";
import { loadRecipientEventFacts } from "../db/timelines.ts";
import type { RequestScope } from "./access.ts";
import { type CsvCells, streamCsv } from "./csv-stream.ts";
import { emptyRecipientEventFacts, toRecipientView } from "./views/recipient.ts";

const heads = [
  "name",
  "email",
  "propertyId",
  "contactKey",
  "status",
  "outcome",
  "stopReason",
  "nextStep",
  "nextSendAt",
  "lastSentAt",
  "awayUntil",
  "snoozedUntil",
  "timeZone",
  "source",
  "addedAt",
];

const pageSize = 200;

/**
 * Returns recipients of a campaign as CSV, in the order of `ids`. Pages are loaded while the client
 * reads.
 */
export function streamRecipientsAsCsv(
  { ctx, scope }: Pick<RequestScope, "ctx" | "scope">,
  campaign: ListedCampaign,
  ids: readonly number[],
): ReadableStream<Uint8Array> {
  const now = ctx.now();
  return streamCsv(heads, 0, async (start) => {
    const shown = ids.slice(start, start + pageSize);
    const rows = await loadRecipients(scope, campaign, shown);
    const facts = await loadRecipientEventFacts(scope, shown);
    const cells = rows.map((row) =>
      toCells(toRecipientView(row, facts.get(row.id) ?? emptyRecipientEventFacts, now)),
    );
    return { rows: cells, next: start + pageSize < ids.length ? start + pageSize : null };
  });
}

function toCells(recipient: ReturnType<typeof toRecipientView>): CsvCells {
  return [
    recipient.name,
    recipient.email,
    recipient.propertyId,
    recipient.contactKey,
    recipient.status,
    recipient.outcome,
    recipient.stopReason === null ? null : englishReasonTexts.stop[recipient.stopReason],
    recipient.nextStepPosition,
    recipient.nextSendAt,
    recipient.lastSentAt,
    recipient.awayUntil,
    recipient.snoozedUntil,
    recipient.timeZone,
    englishSourceNames[recipient.source],
    recipient.createdAt,
  ];
}
