import { describe, expect, test } from "vitest";
import type { ShownView } from "../../plugin/session/remembered-state.ts";
import { formatViewPath, parseViewPath } from "../../plugin/session/view-path.ts";

const title = "Campaign";
const views: ShownView[] = [
  { name: "campaigns" },
  { name: "campaigns", filter: { status: "paused", agent: "sam/1?&=", property: "p 1" } },
  { name: "insights" },
  { name: "launch" },
  { name: "owners" },
  { name: "sequences" },
  { name: "sequence", id: "preset/seller 1" },
  { name: "campaign", id: 12, title },
  { name: "steps", id: 12, title },
  { name: "people", id: 12, title },
  { name: "recipient", id: 34, title: "Person", campaignId: 12, campaignName: title },
  { name: "settings", field: null, returnTo: { name: "campaigns" } },
  { name: "settings", field: "senders.12.licenseNumber", returnTo: { name: "campaigns" } },
];

describe("the path of a view", () => {
  test.each(views.map((view) => [formatViewPath(view), view] as const))("%j opens it again", (path, view) => {
    expect(parseViewPath(path)).toEqual(view);
  });

  test("is another path for each view", () => {
    expect(new Set(views.map(formatViewPath)).size).toBe(views.length);
  });

  test.each([
    ["campaign"],
    ["campaigns?sort=name"],
    ["campaign/0"],
    ["campaign/12x"],
    ["campaign/12/letters"],
    ["campaign/12/recipient"],
    ["campaign/12/recipient/-1"],
    ["campaign/12/people/3"],
    ["campaign/1e3"],
    ["recipient/34"],
    ["insights/today"],
    ["sequence"],
    ["campaign/12/recipient/34/more"],
    ["//evil.example"],
    ["javascript:alert(1)"],
    ["%E0%A4%A"],
  ])("is none if no view has it: %s", (path) => {
    expect(parseViewPath(path)).toBeNull();
  });
});
