import { describe, expect, test } from "vitest";
import { nearbySale } from "../../../shared/nearby-sale.ts";
import { formatNearbySaleNews, nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";
import { findNearbySaleFaults } from "../../../worker/domain/compliance/nearby-sale.ts";
import { day } from "../../support/time.ts";

const closedOn = "2026-05-04";
const closedAt = Date.parse(closedOn);
const sale = { address: "131 Main St", role: "listingSide", closedOn } as const;

describe("the sentence about a sale nearby", () => {
  test.each([
    ["listingSide", "I just sold 131 Main St. The sale closed on May 4, 2026."],
    ["buyersSide", "I just helped the buyers of 131 Main St. The sale closed on May 4, 2026."],
    ["neither", "131 Main St just sold through another brokerage. The sale closed on May 4, 2026."],
  ] as const)("states the office's part %s and no more", (role, sentence) => {
    expect(formatNearbySaleNews({ ...sale, role }, closedAt + day)).toBe(sentence);
  });

  test('says "just" for ninety days, and names the source of another brokerage\'s sale', () => {
    expect(formatNearbySaleNews(sale, closedAt + 90 * day)).toMatch(/^I just sold/);
    expect(formatNearbySaleNews(sale, closedAt + 91 * day)).toMatch(/^I sold/);
    expect(formatNearbySaleNews({ ...sale, source: "REcolorado" }, closedAt)).toMatch(
      /on May 4, 2026 \(source: REcolorado\)\.$/,
    );
  });
});

describe("a launch about a nearby sale", () => {
  test("must name the sale if a letter uses it, and only then", () => {
    expect(Object.keys(findNearbySaleFaults(undefined, [nearbySaleVariablePath], closedAt))).toEqual([
      "nearbySale",
    ]);
    expect(findNearbySaleFaults(undefined, ["property.city"], closedAt)).toEqual({});
    expect(findNearbySaleFaults(sale, [nearbySaleVariablePath], closedAt)).toEqual({});
  });

  test("is refused before the closing", () => {
    expect(Object.keys(findNearbySaleFaults(sale, [], closedAt - 1))).toEqual(["nearbySale.closedOn"]);
  });

  test.each([
    ["source", { ...sale, role: "neither" }],
    ["closedOn", { ...sale, closedOn: "soon" }],
    ["role", { ...sale, role: "ours" }],
    ["address", { ...sale, address: "" }],
  ])("is refused with the field %s", (field, given) => {
    expect(nearbySale.safeParse(given).error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });
});
