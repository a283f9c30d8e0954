import { limits } from "../../../shared/limits.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { listHomeKeys } from "./address-keys.ts";

/** The area and the date of a list of homes whose owners must not be asked to sell. */
export type ListScope = { name: string; state: string; city: string | null; asOf: string };

/** Returns how old a list is, in whole days. */
export function getListAgeDays({ asOf }: Pick<ListScope, "asOf">, now: number): number {
  return Math.floor((now - Date.parse(asOf)) / dayMs);
}

/** Tells whether a list has to be imported again before homes of its area are written about. */
export function isListOld(list: Pick<ListScope, "asOf">, now: number): boolean {
  return getListAgeDays(list, now) > limits.doNotSolicitListDays;
}

/** Returns the old lists whose area has one of these homes; a home of an unknown city counts. */
export function findOldLists<List extends ListScope>(
  lists: readonly List[],
  homes: readonly { state: string | null; keys: readonly string[] }[],
  now: number,
): List[] {
  return lists.filter(
    (list) =>
      isListOld(list, now) &&
      homes.some(
        ({ state, keys }) => state === list.state && (list.city === null || mayBeIn(list, list.city, keys)),
      ),
  );
}

/**
 * Tells whether a home may be in a city. The home's keys name its city, unless the city is unknown.
 */
function mayBeIn({ state }: ListScope, city: string, keys: readonly string[]): boolean {
  const [own = ""] = listHomeKeys({ street: null, unit: null, city, state, postalCode: null });
  const places = keys.filter((key) => key.split("|").length === 2 && !/\|\d{5}$/.test(key));
  return places.length === 0 || places.includes(own);
}

/** Returns the sentence that refuses a home on a list. */
export function formatListedHome({ name, asOf }: Pick<ListScope, "name" | "asOf">): string {
  return `This home is on the do-not-solicit list “${name}” of ${asOf}, so its owner can't be asked to sell.`;
}

/** Returns the sentence that asks for a newer list. */
export function formatOldList(list: ListScope, now: number): string {
  const area = list.city === null ? list.state : `${list.city}, ${list.state}`;
  return `The do-not-solicit list “${list.name}” is ${getListAgeDays(list, now)} days old. Import the newest one before you write about homes in ${area}.`;
}
