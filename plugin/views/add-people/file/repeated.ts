import type { NewPerson } from "./people.ts";

/** Returns the key by which a person is the same as another: their address, or the contact key. */
export const getPersonKey = ({ input: { email, contactKey } }: NewPerson): string | null =>
  email ?? (contactKey === undefined ? null : `key ${contactKey}`);

/**
 * Separates the people who come a second time. `first`: the line on which the same person comes
 * first; null if that was by hand.
 */
export function separateRepeated(people: readonly NewPerson[]): {
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
