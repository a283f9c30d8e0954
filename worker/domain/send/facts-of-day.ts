import { dayMs } from "../../../shared/time-lengths.ts";
import type { RecipientTemplateData } from "../recipient-data.ts";
import type { Candidate } from "./candidate.ts";

/**
 * Returns the data for a letter that is written to this recipient now. A status or price that the
 * host has named since the launch replaces the value from the launch. So a follow-up states the
 * present price.
 */
export function mergeCurrentFacts(candidate: Candidate): RecipientTemplateData {
  const { data } = candidate.recipient;
  const { price, status } = findNewerFacts(candidate);
  return {
    recipient: data.recipient,
    property: {
      ...data.property,
      ...(status === null ? {} : { standardStatus: status.value }),
      ...(price === null ? {} : { listPrice: price.value }),
    },
  };
}

/** Returns the price and the status that the host has named since the launch, with their times. */
function findNewerFacts({ recipient: { addedAt }, propertyPrice, listing }: Candidate) {
  const { listPrice, namedAt } = propertyPrice;
  const { status, statusAt } = listing.stored;
  return {
    price:
      listPrice !== null && namedAt !== null && namedAt > addedAt ? { value: listPrice, at: namedAt } : null,
    status:
      status !== null && statusAt !== null && statusAt > addedAt ? { value: status, at: statusAt } : null,
  };
}

/**
 * Tells whether the next email states a price or status that is older than the office allows. A
 * value that came with the launch is as old as the launch. A value that is missing is not old.
 */
export function statesOldFact(candidate: Candidate, now: number): boolean {
  const { maxFactAgeDays, readFacts, recipient } = candidate;
  const { price, status } = findNewerFacts(candidate);
  return readFacts.some((path) => {
    const days = maxFactAgeDays[path];
    if (days === undefined) return false;
    const [newer, given] =
      path === "property.listPrice"
        ? [price, recipient.data.property.listPrice]
        : [status, recipient.data.property.standardStatus];
    if (newer === null && (given === undefined || given === null)) return false;
    return now - (newer?.at ?? recipient.addedAt) > days * dayMs;
  });
}
