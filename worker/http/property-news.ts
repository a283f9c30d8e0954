import type { z } from "zod";
import type { propertyStatusInput } from "../../shared/property.ts";
import type { PropertyNews } from "../receive/property-reports.ts";

/** Returns a host's report in the form in which reports are stored. */
export function toPropertyNews(
  input: z.output<typeof propertyStatusInput>,
  { propertyId, now, isFromOffice }: { propertyId: string; now: number; isFromOffice: boolean },
): PropertyNews {
  const {
    listPrice = null,
    standardStatus,
    statusAsOf,
    valuesAsOf,
    address,
    contacts,
    owners,
    ...report
  } = input;
  return {
    ...{ propertyId, listPrice, opensProperty: isFromOffice },
    report: {
      ...report,
      status: standardStatus,
      at: statusAsOf === undefined ? now : Date.parse(statusAsOf),
    },
    facts: {
      at: valuesAsOf === undefined ? now : Date.parse(valuesAsOf),
      address: address ?? null,
      contacts: (contacts ?? []).map(({ contactKey = null, email = null, name }) => ({
        contactKey,
        email,
        name,
      })),
    },
    owners: owners === undefined ? null : normalizeOwners(owners),
    people: (contacts ?? []).map(({ contactKey, email, name, source, sourceDate }) => ({
      contactKey: contactKey ?? null,
      email: email ?? null,
      name,
      source: source ?? "host",
      sourceDate: sourceDate ?? null,
    })),
  };
}

/**
 * Returns the names in one spelling and order, so that two reports of the same owners are equal.
 */
function normalizeOwners(owners: readonly string[]): string[] {
  return [...new Set(owners.map((name) => name.toLowerCase().replace(/\s+/gu, " ")))].toSorted();
}
