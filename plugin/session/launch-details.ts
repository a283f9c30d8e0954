import type { Contact, JsonRecord } from "../host/mapping.ts";
import { findValuePlace } from "./value-place.ts";

type Values = Readonly<Record<string, string>>;

/**
 * The values that the host lacks and that the agent has filled in before the launch. The keys of
 * `property` are the values' names. `people` has the values of each person by contact key.
 */
export type FilledLaunchDetails = { property: Values; people: Readonly<Record<string, Values>> };

/** A value that is missing in a contact's emails, and the numbers of the emails' steps. */
export type MissingDetail = { path: string; stepNumbers: number[] };

/**
 * A value that is missing in emails of the launch. `isOfProperty` is true if all people get the
 * same value.
 */
export type MissingLaunchDetail = MissingDetail & { name: string; isOfProperty: boolean; people: Contact[] };

/** Returns the property with the agent's values filled in. */
export const fillPropertyDetails = (
  property: JsonRecord,
  { property: filled }: FilledLaunchDetails,
): JsonRecord => ({
  ...property,
  ...filled,
});

/** Returns the contact with the agent's values filled in. */
export function fillContactDetails(contact: Contact, { people }: FilledLaunchDetails): Contact {
  const filled = people[contact.key];
  if (filled === undefined) return contact;
  const { firstName, lastName, fullName, ...data } = filled;
  return {
    ...contact,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(fullName === undefined ? {} : { fullName }),
    data: { ...contact.data, ...data },
  };
}

/**
 * Returns the missing values of these contacts, one entry per value. The agent can fill in the
 * values in `gaps`. `others` has the paths of the values that only the office or the CRM can add.
 */
export function groupMissingDetails(
  missing: Readonly<Record<string, readonly MissingDetail[]>>,
  chosen: readonly Contact[],
): { gaps: MissingLaunchDetail[]; others: string[] } {
  const gaps = new Map<string, MissingLaunchDetail>();
  const others = new Set<string>();
  for (const contact of chosen) {
    for (const { path, stepNumbers } of missing[contact.key] ?? []) {
      const place = findValuePlace(path);
      if (place === null) {
        others.add(path);
        continue;
      }
      const gap = gaps.get(path);
      gaps.set(path, {
        path,
        name: place.name,
        isOfProperty: place.part === "property",
        people: [...(gap?.people ?? []), contact],
        stepNumbers: mergeNumbers(gap?.stepNumbers ?? [], stepNumbers),
      });
    }
  }
  return { gaps: [...gaps.values()], others: [...others] };
}

const mergeNumbers = (some: readonly number[], more: readonly number[]) =>
  [...new Set([...some, ...more])].toSorted((one, other) => one - other);

/**
 * Returns the details with one value set, either for the property or for each contact in `keys`.
 */
export function fillDetail(
  details: FilledLaunchDetails,
  { name, isOfProperty }: Pick<MissingLaunchDetail, "name" | "isOfProperty">,
  keys: readonly string[],
  value: string,
): FilledLaunchDetails {
  if (isOfProperty) return { ...details, property: { ...details.property, [name]: value } };
  const filled = keys.map((key) => [key, { ...details.people[key], [name]: value }] as const);
  return { ...details, people: { ...details.people, ...Object.fromEntries(filled) } };
}

/** A value that the agent has filled in. `contact` is null for a value of the property. */
export type FilledDetail = { name: string; value: string; contact: Contact | null };

/** Returns the values that the agent has filled in for the property and for these contacts. */
export const listFilledDetails = (
  details: FilledLaunchDetails,
  chosen: readonly Contact[],
): FilledDetail[] => [
  ...Object.entries(details.property).map(([name, value]) => ({ name, value, contact: null })),
  ...chosen.flatMap((contact) =>
    Object.entries(details.people[contact.key] ?? {}).map(([name, value]) => ({ name, value, contact })),
  ),
];

/** Returns the details without one of the agent's values. */
export function removeDetail(
  details: FilledLaunchDetails,
  { name, contact }: FilledDetail,
): FilledLaunchDetails {
  if (contact === null) {
    const { [name]: _, ...property } = details.property;
    return { ...details, property };
  }
  const { [name]: _, ...values } = details.people[contact.key] ?? {};
  return { ...details, people: { ...details.people, [contact.key]: values } };
}
