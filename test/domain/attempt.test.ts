import { describe, expect, test } from "vitest";
import { conclude } from "../../worker/domain/attempt.ts";
import { evidenceWindowMs } from "../../worker/domain/eligibility.ts";
import { backoffMs, maxAttempts } from "../../worker/domain/retry.ts";
import { monday10 } from "../support/candidate.ts";

const refused = (fault: "recipient" | "message" | "channel") => ({
  kind: "refused" as const,
  fault,
  detail: "no",
});

describe("what a provider call comes to", () => {
  test("an unknown outcome is parked for evidence, not tried again", () => {
    const conclusion = conclude({ kind: "unknown", detail: "timed out" }, 1, monday10, 0);
    expect(conclusion).toMatchObject({ kind: "unknown", until: monday10 + evidenceWindowMs });
  });

  test("being put off costs no attempt, and the provider's own time is kept", () => {
    const deferred = { kind: "deferred" as const, retryAfterMs: 600_000, detail: "429" };
    expect(conclude(deferred, 5, monday10, 0)).toMatchObject({ kind: "retry", attempts: 4 });
    expect(conclude(deferred, 1, monday10, 0)).toMatchObject({ at: monday10 + 600_000 });
  });

  test("a refused address stops its recipient as bounced, refused wording as failed", () => {
    const dead = { ...refused("recipient"), bounceClass: "hard" as const };
    expect(conclude(dead, 1, monday10, 0)).toMatchObject({ kind: "failed", stop: "bounced" });
    const full = { ...refused("recipient"), bounceClass: "soft" as const };
    expect(conclude(full, 1, monday10, 0)).toMatchObject({ kind: "failed", stop: "sendFailed" });
    expect(conclude(refused("message"), 1, monday10, 0)).toMatchObject({
      kind: "failed",
      stop: "sendFailed",
    });
  });

  test("an account that can't send is tried again, and given up on only after many attempts", () => {
    expect(conclude(refused("channel"), maxAttempts - 1, monday10, 0)).toMatchObject({ kind: "retry" });
    expect(conclude(refused("channel"), maxAttempts, monday10, 0)).toMatchObject({ kind: "failed" });
  });
});

describe("backoff", () => {
  test("doubles, with at most half of it left to chance", () => {
    expect([1, 2, 3].map((attempt) => backoffMs(attempt, 0, null))).toEqual([30_000, 60_000, 120_000]);
    expect(backoffMs(3, 0.999999, null)).toBe(240_000);
  });

  test("is bounded to four hours, and what the provider asks for to a day", () => {
    expect(backoffMs(60, 0.999999, null)).toBeLessThanOrEqual(4 * 3_600_000);
    expect(backoffMs(60, 0, null)).toBe(2 * 3_600_000);
    expect(backoffMs(1, 0, 1e12)).toBe(24 * 3_600_000);
  });
});
