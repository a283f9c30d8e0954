/**
 * Returns the id of one answer of a recipient in the API: the number of the answered step, and a
 * hash of the event's key. The key itself may contain an address, so the id contains only the hash.
 */
export function formatReplyId(stepNumber: number, dedupeKey: string): string {
  return `${stepNumber}-${hashKey(dedupeKey).toString(36)}`;
}

/**
 * Returns a hash of 53 bits (cyrb53). The hash only has to tell apart the few answers of one
 * recipient.
 */
function hashKey(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
