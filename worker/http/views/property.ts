import type { PropertyFacts } from "../../../shared/property.ts";
import type { PropertyRow } from "../../db/properties.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

/** Returns the stored facts of a property in the form of the API. */
export function toPropertyFacts(row: PropertyRow, stopped: number): PropertyFacts {
  const { listing, facts, ...rest } = row;
  return {
    ...rest,
    standardStatus: listing.status,
    unmappedStatus: listing.unmappedStatus,
    statusAt: toIsoOrNull(listing.statusAt),
    statusSource: listing.source,
    address: facts?.address?.values ?? null,
    addressAt: toIsoOrNull(facts?.address?.at ?? null),
    contacts: (facts?.contacts ?? []).map((contact) => ({ ...contact, at: toIso(contact.at) })),
    ownersChangedAt: toIsoOrNull(row.ownersChangedAt),
    changedAt: toIso(row.changedAt),
    stopped,
  };
}
