import { describe, expect, test } from "vitest";
import { findGuardrailBreach } from "../../worker/domain/receive/guardrail.ts";

const figures = (sent: number, bounced: number, complained: number) => ({ sent, bounced, complained });

describe("the guardrail that pauses a campaign", () => {
  test.each([
    ["over 5 % bounced", figures(100, 6, 0), "bounceRate"],
    ["5 % is not over 5 %", figures(100, 5, 0), null],
    ["two complaints in a thousand", figures(1000, 0, 2), "complaintRate"],
    ["complaints weigh more than bounces", figures(100, 50, 2), "complaintRate"],
    ["one complaint says nothing yet", figures(60, 0, 1), null],
    ["one in a thousand is not over 0.1 %", figures(2000, 0, 2), null],
    ["too few were sent to tell", figures(49, 49, 2), null],
    ["fifty are enough to tell", figures(50, 3, 0), "bounceRate"],
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
