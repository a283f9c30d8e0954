import { expect, test } from "vitest";
import { advanceAfterSend, advanceAfterSkip, decideNextSteps } from "../../worker/domain/send/sequence.ts";
import { buildCandidate, monday10 } from "../support/candidate.ts";
import { day, hour } from "../support/time.ts";

test("the next step is planned from the sending, not from when it was due", () => {
  const late = monday10 + 5 * hour;
  expect(advanceAfterSend(buildCandidate(), late, 0)).toEqual({
    status: "active",
    nextStep: 3,
    nextIsTask: false,
    scheduledAt: late + 4 * day,
  });
});

test("a skipped step shortens nothing: the next counts from when it would have gone", () => {
  const progress = advanceAfterSkip(
    buildCandidate({ recipient: { scheduledAt: monday10 } }),
    monday10 + 5 * hour,
    0,
  );
  expect(progress.scheduledAt).toBe(monday10 + 4 * day);
});

test("after a step that waited longer than the next one's delay, that one is due at once and not late", () => {
  const waitedUntil = monday10 + 10 * day;
  const progress = advanceAfterSkip(buildCandidate({ recipient: { scheduledAt: monday10 } }), waitedUntil, 0);
  expect(progress.scheduledAt).toBe(waitedUntil);
});

test("after the last step the sequence is through", () => {
  const last = buildCandidate({ following: null });
  expect(advanceAfterSend(last, monday10, 0)).toEqual({
    status: "completed",
    nextStep: 3,
    nextIsTask: false,
    scheduledAt: null,
  });
});

test("who is next is told for each recipient, in order", () => {
  const decided = decideNextSteps([buildCandidate(), buildCandidate({ isSuppressed: true })], monday10);
  expect(decided.map(({ decision }) => decision.kind)).toEqual(["send", "stop"]);
});
