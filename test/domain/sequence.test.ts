import { expect, test } from "vitest";
import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { advanceAfterSend, advanceAfterSkip, decideNextSteps } from "../../worker/domain/send/sequence.ts";
import { buildCandidate, mondayAt10InNewYork } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

test("the next step is planned from when the email was sent, not from when it was due", () => {
  const late = mondayAt10InNewYork + 5 * hour;
  expect(advanceAfterSend(buildCandidate(), late, 0)).toEqual({
    status: "active",
    nextStep: 3,
    nextIsTask: false,
    scheduledAt: late + 4 * day,
    stepsVersion: 1,
  });
});

test("after a skipped step the next step counts from when the skipped step was planned", () => {
  const progress = advanceAfterSkip(
    buildCandidate({ recipient: { scheduledAt: mondayAt10InNewYork } }),
    mondayAt10InNewYork + 5 * hour,
    0,
  );
  expect(progress.scheduledAt).toBe(mondayAt10InNewYork + 4 * day);
});

test("after a long wait for a condition, an overdue next step is due at once and not late", () => {
  const waitedUntil = mondayAt10InNewYork + 10 * day;
  const progress = advanceAfterSkip(
    buildCandidate({ recipient: { scheduledAt: mondayAt10InNewYork } }),
    waitedUntil,
    0,
  );
  expect(progress.scheduledAt).toBe(waitedUntil);
});

test("the sequence is completed after the last step", () => {
  const last = buildCandidate({ following: null });
  expect(advanceAfterSend(last, mondayAt10InNewYork, 0)).toEqual({
    status: "completed",
    nextStep: sequenceEndStepNumber,
    nextIsTask: false,
    scheduledAt: null,
    stepsVersion: 1,
  });
});

test("decideNextSteps returns one decision for each recipient, in order", () => {
  const decided = decideNextSteps(
    [buildCandidate(), buildCandidate({ isSuppressed: true })],
    mondayAt10InNewYork,
  );
  expect(decided.map(({ decision }) => decision.kind)).toEqual(["send", "stop"]);
});
