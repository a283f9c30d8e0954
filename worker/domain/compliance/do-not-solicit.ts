import type { GateReason } from "../../../shared/gate-reason.ts";
import { limits } from "../../../shared/limits.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { listHomeKeys } from "./address-keys.ts";

/** The area and the date of a list of homes whose owners must not be asked to sell. */
export type DoNotSolicitListArea = { name: string; state: string; city: string | null; asOf: string };

/** Returns the age of a do-not-solicit list in whole days. */
export function getDoNotSolicitListAgeDays(
  { asOf }: Pick<DoNotSolicitListArea, "asOf">,
  now: number,
): number {
  return Math.floor((now - Date.parse(asOf)) / dayMs);
}

/**
 * Tells whether a do-not-solicit list is too old for emails about homes in its area. A newer list
 * must be imported first.
 */
export function isDoNotSolicitListOld(list: Pick<DoNotSolicitListArea, "asOf">, now: number): boolean {
  return getDoNotSolicitListAgeDays(list, now) > limits.doNotSolicitListDays;
}

/**
 * Returns the old do-not-solicit lists whose area may contain one of these homes. A home whose city
 * is unknown may be in the area of every list of its state.
 */
export function findOldDoNotSolicitLists<List extends DoNotSolicitListArea>(
  lists: readonly List[],
  homes: readonly { state: string | null; keys: readonly string[] }[],
  now: number,
): List[] {
  return lists.filter(
    (list) =>
      isDoNotSolicitListOld(list, now) &&
      homes.some(
        ({ state, keys }) => state === list.state && (list.city === null || mayBeIn(list, list.city, keys)),
      ),
  );
}

/**
 * Tells whether a home may be in a city. The home's keys name its city, unless the city is unknown.
 */
function mayBeIn({ state }: DoNotSolicitListArea, city: string, keys: readonly string[]): boolean {
  const [own = ""] = listHomeKeys({ street: null, unit: null, city, state, postalCode: null });
  const places = keys.filter((key) => key.split("|").length === 2 && !/\|\d{5}$/.test(key));
  return places.length === 0 || places.includes(own);
}

/** Returns the reason that forbids emails about a home on a do-not-solicit list. */
export function buildDoNotSolicitReason({
  name,
  asOf,
}: Pick<DoNotSolicitListArea, "name" | "asOf">): GateReason {
  return { code: "onDoNotSolicitList", list: name, asOf };
}

/** Returns the reason that asks for a newer do-not-solicit list. */
export function buildOldDoNotSolicitListReason(list: DoNotSolicitListArea, now: number): GateReason {
  const area = list.city === null ? list.state : `${list.city}, ${list.state}`;
  return {
    code: "doNotSolicitListOld",
    list: list.name,
    ageDays: getDoNotSolicitListAgeDays(list, now),
    area,
  };
}
