import { describe, expect, it } from "vitest";
import {
  isUsuallyOwn,
  listValueFields,
  mayBeShared,
  planFills,
  type TypedValues,
} from "../../plugin/views/people/value-fields.ts";
import type { MissingValueCount } from "../../shared/bulk-action.ts";

const build = (path: string, scope: MissingValueCount["scope"], ids: number[]): MissingValueCount => ({
  ...{ path, label: path, scope, ids },
  people: ids.length,
});
const gift = build("recipient.gift", "many", [1, 2, 3]);
const firstName = build("recipient.firstName", "one", [1, 3]);
const city = build("property.city", "one", [1, 2]);
const everybody = new Set([1, 2, 3]);
const separately = (value: MissingValueCount) => ({
  value,
  fields: listValueFields(value, true, everybody),
});
const together = (value: MissingValueCount) => ({ value, fields: listValueFields(value, false, everybody) });
const key = (path: string, id: number | null) => JSON.stringify([path, id]);
const plan = (values: Parameters<typeof planFills>[0], typed: TypedValues) => {
  const { fills, corrections } = planFills(values, typed);
  return { fills, corrections: [...corrections] };
};

describe("the fields for missing values", () => {
  it("are one for everyone, or one for each person whose name is known", () => {
    expect(together(gift).fields).toEqual([
      { path: "recipient.gift", key: key("recipient.gift", null), ids: [1, 2, 3] },
    ]);
    const fields = listValueFields(gift, true, new Set([1, 3]));
    expect(fields.map(({ ids }) => ids)).toEqual([[1], [3]]);
  });

  it("may be shared unless the value is the person's name", () => {
    const petName = build("recipient.petName", "one", [1, 2]);
    const values = [gift, city, petName, firstName];
    expect(values.map(mayBeShared)).toEqual([true, true, true, false]);
    expect(values.map(isUsuallyOwn)).toEqual([false, false, true, true]);
  });
});

describe("the requests that fill in missing values", () => {
  it("are one for everyone who gets the same text", () => {
    const typed = {
      [key("recipient.gift", 1)]: " a plum ",
      [key("recipient.gift", 2)]: "a tree",
      [key("recipient.gift", 3)]: "a plum",
    };
    expect(plan([separately(gift)], typed)).toEqual({
      fills: [
        { path: "recipient.gift", text: "a plum", ids: [1, 3] },
        { path: "recipient.gift", text: "a tree", ids: [2] },
      ],
      corrections: [],
    });
  });

  it("are one correction for each person who gets values of their own", () => {
    const typed = {
      [key("recipient.firstName", 1)]: "Ann",
      [key("recipient.firstName", 3)]: "Bo",
      [key("property.city", null)]: "Troy",
    };
    expect(plan([separately(firstName), together(city)], typed)).toEqual({
      fills: [],
      corrections: [
        [1, { templateData: { firstName: "Ann" }, property: { city: "Troy" } }],
        [3, { templateData: { firstName: "Bo" } }],
        [2, { property: { city: "Troy" } }],
      ],
    });
  });

  it("are none for a field that is empty, or that the form no longer shows", () => {
    const typed = { [key("recipient.gift", null)]: "  ", [key("recipient.gift", 1)]: "a plum" };
    expect(plan([together(gift)], typed)).toEqual({ fills: [], corrections: [] });
  });
});
