import type { HostRecord, JsonRecord } from "../host/mapping.ts";

/** The host's record of a property, and when the element learned what the record says. */
export type GivenRecord = {
  record: HostRecord;
  content: string;
  /** By the browser's clock, in ms. */
  learnedAt: number;
};

/**
 * How long a new record with the same content counts as the record before. Some frameworks set a
 * new record at every render.
 */
const renewalMs = 3_600_000;

/**
 * Returns the record that the host has now. A record that the host sets again without a change is
 * as old as before, because a page may have been open for days.
 */
export function noteGivenRecord(
  before: GivenRecord | null,
  record: HostRecord,
  fields: JsonRecord,
  now: number,
): GivenRecord {
  const content = JSON.stringify(fields);
  const isOld = before?.record === record || now - (before?.learnedAt ?? 0) < renewalMs;
  return before?.content === content && isOld ? before : { record, content, learnedAt: now };
}
