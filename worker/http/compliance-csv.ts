import { englishSourceNames } from "../../shared/words/source-names.ts";
import {
  listSentLetters,
  type SentLetterCursor,
  type SentLetterFilter,
  type SentLetterRow,
} from "../db/letter-records.ts";
import type { Scope } from "../db/scope.ts";
import { type CsvCells, streamCsv } from "./csv-stream.ts";
import { toIso } from "./views/instant.ts";

const heads = [
  "campaignId",
  "campaign",
  "step",
  "status",
  "sentAt",
  "from",
  "to",
  "name",
  "propertyId",
  "source",
  "sourceDate",
  "subject",
  "templateId",
  "templateVersion",
  "personalVersion",
  "listingStatus",
  "listingStatusAsOf",
  "consentAt",
  "approvedBy",
  "approvedAt",
  "footer",
  "values",
  "bodyHash",
];

const pageSize = 200;

/**
 * Returns the letters that match `filter` as CSV, with the columns in `heads`. Pages are loaded
 * while the client reads.
 */
export function streamLettersAsCsv(scope: Scope, filter: SentLetterFilter): ReadableStream<Uint8Array> {
  const first: SentLetterCursor = { recipientId: 0, stepNumber: 0 };
  return streamCsv(heads, first, async (after) => {
    const rows = await listSentLetters(scope, filter, after, pageSize);
    return { rows: rows.map(toCells), next: rows.length < pageSize ? null : (rows.at(-1) ?? null) };
  });
}

function toCells(row: SentLetterRow): CsvCells {
  const { record } = row;
  return [
    row.campaignId,
    row.campaignName,
    row.stepNumber,
    row.status === "sent" ? "sent" : "probably sent",
    toIso(row.sentAt),
    row.fromEmail,
    row.toEmail,
    row.toName,
    row.propertyId,
    englishSourceNames[row.source],
    row.sourceDate,
    row.subject,
    record?.templateId ?? null,
    record?.templateVersion ?? null,
    record?.personalVersion ?? null,
    record?.listing?.status ?? null,
    record?.listing?.asOf ?? null,
    record?.consentAt ?? null,
    record?.approval?.by ?? null,
    record?.approval?.at ?? null,
    record?.footer ?? null,
    record?.values == null ? null : JSON.stringify(record.values),
    record?.bodyHash ?? null,
  ];
}
