import type { StepConditions } from "../../shared/condition.ts";
import type { SequenceEmailStep, SequenceStep, SequenceTaskStep } from "../../shared/sequence.ts";

/*
 * Functions that change the steps of a sequence. A condition may name an earlier email by its
 * position, so each function also updates these positions.
 */

type Steps = readonly SequenceStep[];

/**
 * Returns an id for a new step.
 * @param usedId the greatest id that any step has ever had, deleted steps included
 */
const findFreeId = (steps: Steps, usedId: number) => Math.max(usedId, ...steps.map(({ id }) => id)) + 1;

const timing = (position: number) => ({
  delayDays: position === 0 ? 0 : 3,
  delayHours: 0,
  delayBusinessDays: 0,
  conditions: {},
});

export function buildEmailStep(steps: Steps, position: number, usedId = 0): SequenceEmailStep {
  return {
    id: findFreeId(steps, usedId),
    kind: "email",
    name: "",
    ...timing(position),
    sendTimeHour: null,
    startsThread: false,
    letter: { subject: "", preheader: "", bodyHtml: "", bodyText: "" },
  };
}

export function buildTaskStep(steps: Steps, position: number, usedId = 0): SequenceTaskStep {
  return {
    id: findFreeId(steps, usedId),
    kind: "task",
    ...timing(position),
    task: { kind: "call", instructions: "", waitDays: 3 },
  };
}

/** Inserts a step at a position and moves the later steps down. */
export function insertStep(steps: Steps, step: SequenceStep, position: number): SequenceStep[] {
  return keepReferences(steps, [...steps.slice(0, position), step, ...steps.slice(position)]);
}

export function removeStep(steps: Steps, id: number): SequenceStep[] {
  return keepReferences(
    steps,
    steps.filter((step) => step.id !== id),
  );
}

/** Moves a step to another position. */
export function moveStep(steps: Steps, id: number, position: number): SequenceStep[] {
  const moved = steps.find((step) => step.id === id);
  if (moved === undefined) return [...steps];
  const others = steps.filter((step) => step !== moved);
  return keepReferences(steps, [...others.slice(0, position), moved, ...others.slice(position)]);
}

/** Adds a copy of a step right after the step. */
export function duplicateStep(steps: Steps, id: number, usedId = 0): SequenceStep[] {
  const position = steps.findIndex((step) => step.id === id);
  const step = steps[position];
  if (step === undefined) return [...steps];
  return insertStep(steps, { ...step, id: findFreeId(steps, usedId) }, position + 1);
}

/**
 * Updates the conditions that name an email by its position: each condition gets the email's new
 * position. If the email was deleted, the condition then names the previous email.
 */
function keepReferences(before: Steps, after: Steps): SequenceStep[] {
  return after.map((step) => {
    const { engagement } = step.conditions;
    if (engagement === undefined) return step;
    const moved = engagement.map((one) => {
      if (one.stepNumber === "previous") return one;
      const named = before[one.stepNumber - 1];
      const position = after.findIndex(({ id }) => id === named?.id);
      return { ...one, stepNumber: position === -1 ? ("previous" as const) : position + 1 };
    });
    return { ...step, conditions: { ...step.conditions, engagement: moved } };
  });
}

/**
 * The conditions that the editor offers as choices. `other` stands for any condition that only the
 * API can set.
 */
export const conditionChoices = ["none", "opened", "notOpened", "clicked", "notClicked", "other"] as const;
export type ConditionChoice = (typeof conditionChoices)[number];

const offered: Record<Exclude<ConditionChoice, "other">, StepConditions> = {
  none: {},
  opened: { previousOpened: true },
  notOpened: { previousOpened: false },
  clicked: { previousClicked: true },
  notClicked: { previousClicked: false },
};

export function findConditionChoice({
  otherwise: _,
  waitDays: __,
  ...asked
}: StepConditions): ConditionChoice {
  const text = JSON.stringify(asked);
  return (
    conditionChoices.find((choice) => choice !== "other" && JSON.stringify(offered[choice]) === text) ??
    "other"
  );
}

/**
 * Returns the conditions that a choice stands for. Keeps `otherwise` and `waitDays` of the current
 * conditions, unless the choice is `none`.
 */
export function buildConditions(
  choice: Exclude<ConditionChoice, "other">,
  { otherwise, waitDays }: StepConditions,
): StepConditions {
  if (choice === "none") return {};
  return {
    ...offered[choice],
    ...(otherwise === undefined ? {} : { otherwise }),
    ...(waitDays === undefined ? {} : { waitDays }),
  };
}
