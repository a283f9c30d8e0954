import { describe, expect, test } from "vitest";
import { findGuardrailBreach } from "../../worker/domain/receive/guardrail.ts";

const figures = (sent: number, bounced: number, complained: number) => ({ sent, bounced, complained });

describe("the guardrail that pauses a campaign", () => {
  test.each([
    ["over 5 % bounced", figures(100, 6, 0), "bounceRate"],
    ["exactly 5 % bounced", figures(100, 5, 0), null],
    ["two complaints in a thousand", figures(1000, 0, 2), "complaintRate"],
    ["complaints weigh more than bounces", figures(100, 50, 2), "complaintRate"],
    ["one complaint is not enough", figures(60, 0, 1), null],
    ["exactly 0.1 % complained", figures(2000, 0, 2), null],
    ["fewer than fifty sent are not enough", figures(49, 49, 2), null],
    ["fifty sent are enough", figures(50, 3, 0), "bounceRate"],
  ] as const)("decides by its limits: %s", (_name, seen, expected) => {
    expect(findGuardrailBreach(seen, null)).toBe(expected);
  });

  test("counts only the emails since the campaign was resumed", () => {
    const resumed = figures(100, 20, 3);
    expect(findGuardrailBreach(figures(149, 40, 3), resumed)).toBeNull();
    expect(findGuardrailBreach(figures(150, 22, 3), resumed)).toBeNull();
    expect(findGuardrailBreach(figures(150, 23, 3), resumed)).toBe("bounceRate");
  });
});
