import type { PropertyStatus, RecipientSource } from "../../shared/vocabulary.ts";
import type { HostFacts, KnownContact, NameValues } from "./host-facts.ts";

/** A person whom the host named in a report of a property's new status. */
export type StartPerson = {
  contactKey: string | null;
  email: string | null;
  name: NameValues;
  source: RecipientSource;
  sourceDate: string | null;
};

/** A property that has just got another status, as the host's server reports. */
export type StatusStart = {
  propertyId: string;
  status: PropertyStatus;
  since: number;
  people: readonly StartPerson[];
};

/**
 * Returns the people of a proposed campaign. A report without contacts stands for the contacts that
 * the host has named before, unless the property has changed hands since.
 */
export function chooseStartPeople(
  reported: readonly StartPerson[],
  known: HostFacts | null,
  ownersChangedAt: number | null,
): StartPerson[] {
  if (reported.length > 0) return [...reported];
  const present = (known?.contacts ?? []).filter(({ at }) => at >= (ownersChangedAt ?? 0));
  return present.map(toStartPerson);
}

const toStartPerson = ({ contactKey, email, name }: KnownContact): StartPerson => ({
  ...{ contactKey, email, name },
  source: "host",
  sourceDate: null,
});
