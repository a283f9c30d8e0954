import type { NewPerson } from "./people.ts";

/**
 * Returns a person's email address, or the contact key if the person has no address. Two entries
 * with the same result are the same person.
 */
export const getPersonKey = ({ input: { email, contactKey } }: NewPerson): string | null =>
  email ?? (contactKey === undefined ? null : `key ${contactKey}`);

/**
 * Separates the entries whose person appears earlier in the list. `first` is the line of the
 * person's first entry; null if the entry does not come from a file.
 */
export function separateRepeatedPeople(people: readonly NewPerson[]): {
  unique: NewPerson[];
  repeated: { person: NewPerson; first: number | null }[];
} {
  const seen = new Map<string, NewPerson>();
  const unique: NewPerson[] = [];
  const repeated: { person: NewPerson; first: number | null }[] = [];
  for (const person of people) {
    const key = getPersonKey(person);
    const before = key === null ? undefined : seen.get(key);
    if (before !== undefined) repeated.push({ person, first: before.line });
    else {
      unique.push(person);
      if (key !== null) seen.set(key, person);
    }
  }
  return { unique, repeated };
}
