import { describe, expect, test } from "vitest";
import { keepListedPeople, selectRange, togglePerson } from "../../plugin/views/people/selection.ts";

describe("a selection of people", () => {
  test("takes a person in and out, and leaves the earlier selection as it was", () => {
    const before = new Set([1]);
    expect([...togglePerson(before, 2)]).toEqual([1, 2]);
    expect([...togglePerson(before, 1)]).toEqual([]);
    expect([...before]).toEqual([1]);
  });

  test("takes a range in, in either direction, with both ends", () => {
    const ids = [5, 6, 7, 8];
    expect([...selectRange(new Set([5]), ids, 3, 1)]).toEqual([5, 6, 7, 8]);
    expect([...selectRange(new Set(), ids, 1, 2)]).toEqual([6, 7]);
  });

  test("loses people who are no longer in the list", () => {
    expect([...keepListedPeople(new Set([1, 2, 3]), [3, 1])]).toEqual([1, 3]);
  });
});
