import type { RecipientTemplateData } from "../recipient-data.ts";
import type { Candidate } from "./candidate.ts";

/**
 * Returns what a letter to this recipient says now: the data of the launch, with the status and the
 * price that the host has named since. A follow-up states the price of its own day.
 */
export function readFactsOfDay({ recipient, propertyPrice, listing }: Candidate): RecipientTemplateData {
  const { data, addedAt } = recipient;
  const { listPrice, namedAt } = propertyPrice;
  const isNewerPrice = listPrice !== null && namedAt !== null && namedAt > addedAt;
  const { status, statusAt } = listing.stored;
  const isNewerStatus = status !== null && statusAt !== null && statusAt > addedAt;
  return {
    recipient: data.recipient,
    property: {
      ...data.property,
      ...(isNewerStatus ? { standardStatus: status } : {}),
      ...(isNewerPrice ? { listPrice } : {}),
    },
  };
}
