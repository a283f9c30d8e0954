import { describe, expect, it } from "vitest";
import {
  findOldDoNotSolicitLists,
  isDoNotSolicitListOld,
} from "../../../worker/domain/compliance/do-not-solicit.ts";
import { day } from "../../support/time.ts";

const asOf = "2026-10-31";
const at = (days: number) => Date.parse(asOf) + days * day;

describe("a do-not-solicit list", () => {
  it("is asked for again when a month old", () => {
    expect([0, 29, 30, 31, 32].map((days) => isDoNotSolicitListOld({ asOf }, at(days)))).toEqual([
      ...[false, false, false],
      ...[true, true],
    ]);
  });

  it("that is old closes its state, or its city and the homes whose city is unknown", () => {
    const [state, city] = [
      { name: "Zone", state: "NY", city: null, asOf },
      { name: "City", state: "PA", city: "Philadelphia", asOf },
    ];
    const closes = (home: { state: string | null; keys: string[] }) =>
      findOldDoNotSolicitLists([state, city], [home], at(40)).map(({ name }) => name);
    expect(closes({ state: "NY", keys: [] })).toEqual(["Zone"]);
    expect(closes({ state: "PA", keys: [] })).toEqual(["City"]);
    expect(closes({ state: "NJ", keys: [] })).toEqual([]);
    expect(closes({ state: null, keys: [] })).toEqual([]);
  });
});
