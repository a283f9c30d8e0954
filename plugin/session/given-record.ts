import type { HostRecord, JsonRecord } from "../host/mapping.ts";

/**
 * The host's record of a property, and the time at which the element received the record's content.
 */
export type DatedHostRecord = {
  record: HostRecord;
  content: string;
  /** The time of the receipt, in ms by the browser's clock. */
  learnedAt: number;
};

/**
 * The time, in ms, within which a new record with the same content counts as the earlier record.
 * Some frameworks set a new record at every render.
 */
const renewalMs = 3_600_000;

/**
 * Returns the host's record with the time of its receipt. If the host sets the same object again,
 * or the same content within an hour, the earlier time stays. A page that stays open for days
 * therefore can't make an old status look new.
 */
export function addReceiptTime(
  before: DatedHostRecord | null,
  record: HostRecord,
  fields: JsonRecord,
  now: number,
): DatedHostRecord {
  const content = JSON.stringify(fields);
  const isOld = before?.record === record || now - (before?.learnedAt ?? 0) < renewalMs;
  return before?.content === content && isOld ? before : { record, content, learnedAt: now };
}
