import { describe, expect, test } from "vitest";
import { findLaunchReadiness, type LaunchReadinessFacts } from "../../plugin/views/launch/readiness.ts";

const ready: LaunchReadinessFacts = {
  hasSender: true,
  isPropertyClosed: false,
  refusalNote: null,
  lacksSale: false,
  recipients: 2,
  steps: 3,
};

describe("the Launch button", () => {
  test("is enabled once there is a sender and a recipient", () => {
    expect(findLaunchReadiness(ready)).toEqual({ isReady: true, line: "2 recipients · up to 3 emails each" });
  });

  test.each<[string, Partial<LaunchReadinessFacts>]>([
    ["Add a sender first", { hasSender: false, recipients: 0 }],
    ["This property is closed to emails", { isPropertyClosed: true }],
    ["Say why you’re emailing despite the refusal", { isPropertyClosed: true, refusalNote: "  " }],
    ["Say which sale the emails mention", { lacksSale: true }],
    ["Choose at least one recipient", { recipients: 0 }],
    ["Choose at least one recipient", { isPropertyClosed: true, refusalNote: "They called.", recipients: 0 }],
  ])("is disabled with the line: %s", (line, change) => {
    expect(findLaunchReadiness({ ...ready, ...change })).toEqual({ isReady: false, line });
  });

  test("is enabled for a closed property with a note", () => {
    const state = { ...ready, isPropertyClosed: true, refusalNote: "They called." };
    expect(findLaunchReadiness(state).isReady).toBe(true);
  });
});
