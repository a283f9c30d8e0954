import { describe, expect, test } from "vitest";
import { decideAfterCall } from "../../worker/domain/send/attempt.ts";
import { evidenceWindowMs } from "../../worker/domain/send/message-outcome.ts";
import {
  calculateBackoffMs,
  calculateDeferralMs,
  maxAttemptsPerMessage,
  maxMessageDeferralMs,
} from "../../worker/domain/send/retry.ts";
import { mondayAt10InNewYork } from "../support/candidate.ts";

const refused = (fault: "recipient" | "message" | "channel") => ({
  kind: "refused" as const,
  fault,
  detail: "no",
});

const effort = (attempts: number, deferredMs = 0) => ({ attempts, deferredMs });
const greylisted = { kind: "deferred" as const, retryAfterMs: null, detail: "450" };

/**
 * Evaluates the calls of one email to a provider that defers every call (asks to send the email
 * later). Returns the waits between the calls, and the result after the last call.
 */
function putOffForever(random: number) {
  const waits: number[] = [];
  let deferredMs = 0;
  for (let call = 0; call < 1000; call += 1) {
    const conclusion = decideAfterCall(greylisted, effort(1, deferredMs), mondayAt10InNewYork, random);
    if (conclusion.kind !== "retry") return { waits, conclusion };
    expect(conclusion.attempts).toBe(0);
    waits.push(conclusion.at - mondayAt10InNewYork);
    deferredMs = conclusion.deferredMs;
  }
  throw new Error("it never ends");
}

describe("a provider call", () => {
  test("with an unknown outcome is not repeated: the message waits for evidence", () => {
    const conclusion = decideAfterCall(
      { kind: "unknown", detail: "timed out" },
      effort(1),
      mondayAt10InNewYork,
      0,
    );
    expect(conclusion).toMatchObject({ kind: "unknown", until: mondayAt10InNewYork + evidenceWindowMs });
  });

  test("that is deferred costs no attempt, and is repeated at the provider's own time", () => {
    const deferred = { kind: "deferred" as const, retryAfterMs: 600_000, detail: "429" };
    expect(decideAfterCall(deferred, effort(5), mondayAt10InNewYork, 0)).toMatchObject({
      kind: "retry",
      attempts: 4,
    });
    expect(decideAfterCall(deferred, effort(1), mondayAt10InNewYork, 0)).toMatchObject({
      at: mondayAt10InNewYork + 600_000,
    });
  });

  test("that is deferred again and again waits ever longer, up to an hour, and fails after three days", () => {
    const { waits, conclusion } = putOffForever(0.999999);
    expect(waits.slice(0, 8).map((waitMs) => Math.round(waitMs / 60_000))).toEqual([
      1, 2, 4, 8, 16, 32, 60, 60,
    ]);
    expect(conclusion).toEqual({ kind: "failed", stop: "sendFailed", reason: "deferred", failure: "450" });
    for (const random of [0, 0.5, 0.999999]) {
      const total = putOffForever(random).waits.reduce((sum, waitMs) => sum + waitMs, 0);
      expect(total).toBeGreaterThanOrEqual(maxMessageDeferralMs);
      expect(total).toBeLessThanOrEqual(maxMessageDeferralMs + 3_600_000);
    }
  });

  test("that was missed costs no attempt, and the email is planned again at once", () => {
    const conclusion = decideAfterCall(
      { kind: "missed", detail: "late" },
      effort(3, maxMessageDeferralMs),
      mondayAt10InNewYork,
      0,
    );
    expect(conclusion).toMatchObject({
      kind: "retry",
      at: mondayAt10InNewYork,
      attempts: 2,
      deferredMs: maxMessageDeferralMs,
    });
  });

  test("that is refused for the address is a bounce, and for the wording a failed sending", () => {
    const dead = { ...refused("recipient"), bounceClass: "hard" as const };
    expect(decideAfterCall(dead, effort(1), mondayAt10InNewYork, 0)).toMatchObject({
      kind: "failed",
      stop: "bounced",
    });
    const full = { ...refused("recipient"), bounceClass: "soft" as const };
    expect(decideAfterCall(full, effort(1), mondayAt10InNewYork, 0)).toMatchObject({
      kind: "failed",
      stop: "sendFailed",
    });
    expect(decideAfterCall(refused("message"), effort(1), mondayAt10InNewYork, 0)).toMatchObject({
      kind: "failed",
      stop: "sendFailed",
    });
  });

  test("that is refused for the account is repeated, and fails only after many attempts", () => {
    expect(
      decideAfterCall(refused("channel"), effort(maxAttemptsPerMessage - 1), mondayAt10InNewYork, 0),
    ).toMatchObject({
      kind: "retry",
    });
    expect(
      decideAfterCall(refused("channel"), effort(maxAttemptsPerMessage), mondayAt10InNewYork, 0),
    ).toMatchObject({
      kind: "failed",
    });
  });
});

describe("the wait before a retry", () => {
  test("doubles each time, and at most half of it is random", () => {
    expect([1, 2, 3].map((attempt) => calculateBackoffMs(attempt, 0))).toEqual([30_000, 60_000, 120_000]);
    expect(calculateBackoffMs(3, 0.999999)).toBe(240_000);
  });

  test("is at most four hours, and at most a day if the provider asks for more", () => {
    expect(calculateBackoffMs(60, 0.999999)).toBeLessThanOrEqual(4 * 3_600_000);
    expect(calculateBackoffMs(60, 0)).toBe(2 * 3_600_000);
    expect(calculateDeferralMs(0, 0, 1e12)).toBe(24 * 3_600_000);
  });
});
