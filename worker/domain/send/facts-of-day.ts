import type { RecipientTemplateData } from "../recipient-data.ts";
import type { Candidate } from "./candidate.ts";

/**
 * Returns the data for a letter that is written to this recipient now. A status or price that the
 * host has named since the launch replaces the value from the launch. So a follow-up states the
 * present price.
 */
export function mergeCurrentFacts({ recipient, propertyPrice, listing }: Candidate): RecipientTemplateData {
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
