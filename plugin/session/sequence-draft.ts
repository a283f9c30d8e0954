import { type Signal, signal } from "@preact/signals";
import type { Sequence, SequenceStep } from "../../shared/sequence.ts";
import { RequestFailure } from "../data/api.ts";

/** The parts of a sequence that an agent edits. */
export type SequenceContent = Pick<Sequence, "name" | "rules"> & { steps: readonly SequenceStep[] };

/** Returns the parts of a sequence that an agent edits. */
export const pickEditedParts = ({ name, steps, rules }: Sequence): SequenceContent => ({
  name,
  steps,
  rules,
});

/**
 * `retrying`: the Worker can't be reached, so the draft tries the save again every few seconds.
 * `conflict`: another person has changed the sequence. `failed`: the Worker has refused the draft.
 */
export type SaveState = "saved" | "saving" | "retrying" | "conflict" | "failed";

type Connection = {
  save: (version: number, content: SequenceContent) => Promise<Sequence>;
  load: () => Promise<Sequence>;
};

export type SequenceDraft = {
  content: Signal<SequenceContent>;
  /** The sequence as the Worker last saved it. */
  saved: Signal<Sequence>;
  state: Signal<SaveState>;
  failure: Signal<RequestFailure | null>;
  /** The newest version that another person has saved; null unless there is a conflict. */
  theirs: Signal<Sequence | null>;
  change(part: Partial<SequenceContent>): void;
  /** Saves the unsaved changes at once. */
  flush(): Promise<void>;
  keepMine(): Promise<void>;
  useTheirs(): void;
};

/** Returns the parts as text that is the same whatever the order of the fields is. */
const toComparableText = (parts: SequenceContent): string =>
  JSON.stringify(parts, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

/** The time in ms without a change after which the draft is saved. */
const pauseMs = 800;
const retryMs = 5_000;

/**
 * Creates the draft of one sequence. The draft saves each change by itself, one save at a time.
 * Each save names the version that the agent has changed, so that a save never overwrites another
 * person's change.
 */
export function createSequenceDraft(loaded: Sequence, { save, load }: Connection): SequenceDraft {
  const content = signal(pickEditedParts(loaded));
  const saved = signal(loaded);
  const state = signal<SaveState>("saved");
  const failure = signal<RequestFailure | null>(null);
  const theirs = signal<Sequence | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSaving = false;
  let isDirty = false;
  /**
   * What the draft has sent since the last answer. If an answer is lost, the Worker may have saved
   * what was sent, and the next try is refused for its old version.
   */
  const sent = new Set<string>();

  const noteSaved = (newest: Sequence) => {
    sent.clear();
    saved.value = newest;
    failure.value = null;
    if (!isDirty) state.value = "saved";
    else if (state.peek() === "retrying") state.value = "saving";
  };
  const schedule = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };
  const noteFailure = async (cause: unknown, lastSent: string) => {
    const found = cause instanceof RequestFailure ? cause : new RequestFailure("internal", "Not saved.");
    if (found.code === "preconditionFailed") {
      const newest = await load();
      const text = toComparableText(pickEditedParts(newest));
      if (sent.has(text)) {
        isDirty ||= text !== lastSent;
        noteSaved(newest);
        return;
      }
      theirs.value = newest;
      state.value = "conflict";
    } else if (found.code === "offline" || found.code === "unavailable" || found.code === "sessionEnded") {
      state.value = "retrying";
      schedule(retryMs);
    } else {
      failure.value = found;
      state.value = "failed";
    }
    isDirty = true;
  };
  const flush = async () => {
    clearTimeout(timer);
    if (isSaving || !isDirty || theirs.peek() !== null) return;
    isSaving = true;
    isDirty = false;
    const { version, name: savedName } = saved.peek();
    const { name, ...others } = content.peek();
    const parts = { name: name.trim() || savedName, ...others };
    const text = toComparableText(parts);
    sent.add(text);
    try {
      noteSaved(await save(version, parts));
    } catch (cause) {
      await noteFailure(cause, text).catch(() => {
        isDirty = true;
        state.value = "retrying";
        schedule(retryMs);
      });
    }
    isSaving = false;
    if (isDirty && state.peek() === "saving") schedule(0);
  };
  return {
    content,
    saved,
    state,
    failure,
    theirs,
    flush,
    change: (part) => {
      content.value = { ...content.peek(), ...part };
      isDirty = true;
      if (state.peek() === "conflict") return;
      state.value = "saving";
      schedule(pauseMs);
    },
    keepMine: async () => {
      const newest = theirs.peek();
      if (newest === null) return;
      saved.value = newest;
      theirs.value = null;
      state.value = "saving";
      isDirty = true;
      await flush();
    },
    useTheirs: () => {
      const newest = theirs.peek();
      if (newest === null) return;
      saved.value = newest;
      content.value = pickEditedParts(newest);
      theirs.value = null;
      isDirty = false;
      state.value = "saved";
    },
  };
}
