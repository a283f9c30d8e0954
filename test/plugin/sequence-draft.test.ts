import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RequestFailure } from "../../plugin/data/api.ts";
import { createSequenceDraft, type SequenceContent } from "../../plugin/session/sequence-draft.ts";
import type { Sequence } from "../../shared/sequence.ts";
import { defaultSequenceRules } from "../../shared/sequence-rules.ts";

const sequence = (version: number, name = "Roofs") =>
  ({ id: "7", version, name, steps: [], rules: defaultSequenceRules }) as unknown as Sequence;

/**
 * Creates a draft. The draft's saves are recorded in `calls`, and the test answers each save by
 * hand. `stored` is the name of the sequence that the Worker has by then.
 */
function openDraft(stored = "Theirs") {
  const calls: { version: number; name: string; answer: (cause?: RequestFailure) => Promise<void> }[] = [];
  const save = (version: number, { name }: SequenceContent) =>
    new Promise<Sequence>((resolve, reject) => {
      const answer = async (cause?: RequestFailure) => {
        if (cause) reject(cause);
        else resolve(sequence(version + 1, name));
        await vi.advanceTimersByTimeAsync(0);
      };
      calls.push({ version, name, answer });
    });
  const draft = createSequenceDraft(sequence(1), { save, load: async () => sequence(9, stored) });
  return { draft, calls, names: () => calls.map(({ version, name }) => [version, name]) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pause = () => vi.advanceTimersByTimeAsync(800);

it("saves once the agent pauses, and says so", async () => {
  const { draft, calls, names } = openDraft();
  draft.change({ name: "R" });
  await vi.advanceTimersByTimeAsync(700);
  draft.change({ name: "Ro" });
  expect([draft.state.value, names()]).toEqual(["saving", []]);
  await pause();
  expect(names()).toEqual([[1, "Ro"]]);
  await calls[0]?.answer();
  expect([draft.state.value, draft.saved.value.version]).toEqual(["saved", 2]);
});

it("saves what was typed during a save after it, from the new version", async () => {
  const { draft, calls, names } = openDraft();
  draft.change({ name: "A" });
  await pause();
  draft.change({ name: "AB" });
  await pause();
  expect(names()).toEqual([[1, "A"]]);
  await calls[0]?.answer();
  await pause();
  expect(names()).toEqual([
    [1, "A"],
    [2, "AB"],
  ]);
});

it("tries again when the Worker can't be reached, and keeps the saved name if there is none", async () => {
  const { draft, calls, names } = openDraft();
  draft.change({ name: " " });
  await pause();
  await calls[0]?.answer(new RequestFailure("offline", "no"));
  expect(draft.state.value).toBe("retrying");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(names()).toEqual([
    [1, "Roofs"],
    [1, "Roofs"],
  ]);
});

it("does not overwrite what somebody else saved until the agent says so", async () => {
  for (const keepsMine of [true, false]) {
    const { draft, calls, names } = openDraft();
    draft.change({ name: "Mine" });
    await pause();
    await calls[0]?.answer(new RequestFailure("preconditionFailed", "no"));
    expect([draft.state.value, draft.theirs.value?.name]).toEqual(["conflict", "Theirs"]);
    draft.change({ name: "Mine still" });
    await vi.advanceTimersByTimeAsync(60_000);
    await draft.flush();
    expect(names()).toHaveLength(1);
    if (keepsMine) {
      void draft.keepMine();
      expect(names().at(-1)).toEqual([9, "Mine still"]);
      await calls[1]?.answer();
    } else {
      draft.useTheirs();
    }
    expect([draft.state.value, draft.theirs.value]).toEqual(["saved", null]);
    expect(draft.content.value.name).toBe(keepsMine ? "Mine still" : "Theirs");
  }
});

it("says why the Worker refused, and saves the next change", async () => {
  const { draft, calls, names } = openDraft();
  draft.change({ name: "A" });
  await pause();
  await calls[0]?.answer(new RequestFailure("invalidRequest", "The name is too long."));
  expect([draft.state.value, draft.failure.value?.message]).toEqual(["failed", "The name is too long."]);
  draft.change({ name: "B" });
  await pause();
  expect(names().at(-1)).toEqual([1, "B"]);
});

it("finds its own save again if the answer was lost, and then saves what was typed meanwhile", async () => {
  const { draft, calls, names } = openDraft("A");
  draft.change({ name: "A" });
  await pause();
  await calls[0]?.answer(new RequestFailure("offline", "No answer."));
  draft.change({ name: "AB" });
  await pause();
  await calls[1]?.answer(new RequestFailure("preconditionFailed", "Changed."));
  expect([draft.state.value, draft.theirs.value]).toEqual(["saving", null]);
  await pause();
  expect(names()).toEqual([
    [1, "A"],
    [1, "AB"],
    [9, "AB"],
  ]);
  await calls[2]?.answer();
  expect([draft.state.value, draft.saved.value.version]).toEqual(["saved", 10]);
});

it("shows no conflict with itself if nothing was typed after the lost answer", async () => {
  const { draft, calls } = openDraft("A");
  draft.change({ name: "A" });
  await pause();
  await calls[0]?.answer(new RequestFailure("offline", "No answer."));
  await vi.advanceTimersByTimeAsync(5_000);
  await calls[1]?.answer(new RequestFailure("preconditionFailed", "Changed."));
  expect([draft.state.value, draft.theirs.value, draft.saved.value.version]).toEqual(["saved", null, 9]);
});
