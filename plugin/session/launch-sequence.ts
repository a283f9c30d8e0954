import type { Preset } from "../../shared/preset.ts";
import type { Sequence, SequenceEmailStep, SequenceSummary } from "../../shared/sequence.ts";
import type { SequenceRules } from "../../shared/sequence-rules.ts";
import type { StepTask } from "../../shared/task.ts";

/** A step of a sequence in the launch view. A task has no letter. */
export type LaunchStep = Preset["steps"][number] & {
  delayBusinessDays?: number;
  weekdays?: number[] | undefined;
  task?: StepTask;
  /** The email that a recipient gets if the step's conditions do not hold. */
  elseEmail?: SequenceEmailStep["elseEmail"];
  /** The additional wordings of the email. The recipients are divided among all wordings. */
  variants?: SequenceEmailStep["variants"];
  letterWeight?: number | undefined;
};

/**
 * A sequence in the launch view. `isOwn` is true if the agent or the office made the sequence, and
 * false for a preset. `isOutline` is true while the letters are not loaded, because the agent has
 * not chosen the sequence yet.
 */
export type LaunchSequence = Omit<Preset, "steps" | "language"> & {
  /** The language of a preset's letters; undefined for a sequence of an agent or the office. */
  language?: Preset["language"];
  steps: LaunchStep[];
  /** The sequence's own rules; undefined for an unchanged preset and for an outline. */
  rules?: SequenceRules;
  isOwn?: boolean;
  isOutline?: boolean;
};

/** Returns the key under which the cache keeps a sequence with its letters. */
export const getLaunchSequenceKey = (id: string) => `launchSequence ${id}`;

const emptyStep = {
  name: "",
  sendTimeHour: null,
  conditions: {},
  startsThread: true,
  subject: "",
  preheader: "",
  bodyHtml: "",
  bodyText: "",
};
/** A placeholder for each task of an outline. The view never shows the tasks of an outline. */
const anyTask: StepTask = { kind: "other", instructions: "", waitDays: 1 };

/**
 * Converts an entry of the list of sequences to an outline without letters. The letters are loaded
 * when the agent chooses the sequence.
 */
export function toSequenceOutline({ id, name, description, type, steps }: SequenceSummary): LaunchSequence {
  return {
    id,
    name,
    description,
    type,
    isOwn: true,
    isOutline: true,
    steps: steps.map(({ kind, ...delay }) => ({
      ...emptyStep,
      ...delay,
      ...(kind === "task" ? { task: anyTask } : {}),
    })),
  };
}

export function toLaunchSequence({ id, name, description, type, steps, rules }: Sequence): LaunchSequence {
  return {
    id,
    name,
    description,
    type,
    isOwn: true,
    rules,
    steps: steps.map((step) => {
      const { delayDays, delayHours, delayBusinessDays, weekdays, conditions } = step;
      const base = { ...emptyStep, delayDays, delayHours, delayBusinessDays, weekdays, conditions };
      if (step.kind === "task") return { ...base, task: step.task };
      const { sendTimeHour, startsThread, letter, variants, letterWeight } = step;
      const elseEmail = conditions.otherwise === "email" ? step.elseEmail : undefined;
      return {
        ...base,
        name: step.name,
        sendTimeHour,
        startsThread,
        ...letter,
        elseEmail,
        variants,
        letterWeight,
      };
    }),
  };
}

/** Returns the number of emails that one recipient can get. */
export const countEmails = ({ steps }: Pick<LaunchSequence, "steps">): number =>
  steps.filter(({ task }) => task === undefined).length;
