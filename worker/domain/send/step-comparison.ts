import type { StepConditions } from "../../../shared/condition.ts";
import type { StepTask } from "../../../shared/task.ts";
import type { StepKind } from "../../../shared/vocabulary.ts";
import type { StepTiming } from "../schedule/schedule.ts";
import type { WinnerState } from "../winner.ts";
import type { StepAfterChange } from "./step-change.ts";
import type { ElseWording, WeightedWording } from "./variant.ts";

/** Everything that a campaign stores of one of its steps. */
export type StoredStep = StepTiming & {
  stepNumber: number;
  kind: StepKind;
  conditions: StepConditions;
  task: StepTask | null;
  templateId: number | null;
  templateVersion: number | null;
  startsThread: boolean;
  variants: readonly WeightedWording[];
  elseEmail: ElseWording | null;
} & WinnerState;

/**
 * Returns the numbers of all steps that the campaign has ever had, in order. A step that is not in
 * the sequence keeps its place behind the previous step.
 * @param before all steps in their order before the change
 * @param sequence the steps of the sequence in their order after the change
 */
export function orderStepsEverUsed(before: readonly number[], sequence: readonly number[]): number[] {
  const placed = [...sequence];
  for (const [index, stepNumber] of before.entries()) {
    if (placed.includes(stepNumber)) continue;
    const earlier = before[index - 1];
    placed.splice(earlier === undefined ? 0 : placed.indexOf(earlier) + 1, 0, stepNumber);
  }
  return placed;
}

/**
 * Compares the steps before and after a change.
 * @param sequence the steps of the sequence after the change, in order
 */
export function compareSteps(
  before: readonly StoredStep[],
  sequence: readonly StoredStep[],
): { steps: StepAfterChange[]; removed: number[] } {
  const steps = sequence.map((step): StepAfterChange => {
    const old = before.find(({ stepNumber }) => stepNumber === step.stepNumber);
    return {
      ...pickTiming(step),
      stepNumber: step.stepNumber,
      isAdded: old === undefined,
      isRetimed: old !== undefined && !isEqual(pickRules(old), pickRules(step)),
      isReworded: old !== undefined && !isEqual(pickEditedParts(old), pickEditedParts(step)),
    };
  });
  const removed = before
    .map(({ stepNumber }) => stepNumber)
    .filter((number) => sequence.every(({ stepNumber }) => stepNumber !== number));
  return { steps, removed };
}

const pickTiming = (step: StoredStep) => ({ ...pickDelay(step), weekdays: step.weekdays ?? null });
const pickDelay = ({ kind, delayDays, delayHours, delayBusinessDays, sendTimeHour }: StoredStep) => ({
  kind,
  delayDays,
  delayHours,
  delayBusinessDays,
  sendTimeHour,
});
const pickRules = (step: StoredStep) => [pickTiming(step), step.conditions];
const pickEditedParts = ({
  task,
  templateId,
  templateVersion,
  startsThread,
  variants,
  elseEmail,
  winnerAfter,
}: StoredStep) => [task, templateId, templateVersion, startsThread, variants, elseEmail, winnerAfter];

/** Compares two values as JSON, whatever the order of their fields. */
function isEqual(one: unknown, other: unknown): boolean {
  return sortedJson(one) === sortedJson(other);
}

const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Maps the numbers of steps to the steps' positions, or the positions to the numbers. */
export type StepNumberMap = ReadonlyMap<number, number>;

/**
 * Returns conditions that ask about the same emails under other names. Requests and views name an
 * email by its position in the sequence. Stored conditions name the email by its step's number,
 * which stays right when steps move. A condition on an email without a new name asks about the
 * previous email instead.
 */
export function renumberConditionSteps(conditions: StepConditions, names: StepNumberMap): StepConditions {
  const { engagement } = conditions;
  if (engagement === undefined) return conditions;
  const renamed = engagement.map(({ stepNumber, ...asked }) => ({
    stepNumber: stepNumber === "previous" ? stepNumber : (names.get(stepNumber) ?? ("previous" as const)),
    ...asked,
  }));
  return { ...conditions, engagement: renamed };
}

/**
 * Returns the steps that must move to turn the old order of the kept steps into the new order, as
 * few steps as possible.
 */
export function findMovedSteps(
  before: readonly Pick<StoredStep, "stepNumber">[],
  after: readonly Pick<StoredStep, "stepNumber">[],
): Set<number> {
  const kept = after.filter(({ stepNumber }) => before.some((one) => one.stepNumber === stepNumber));
  const places = kept.map(({ stepNumber }) => before.findIndex((one) => one.stepNumber === stepNumber));
  // For each step, the longest run of steps that ends at the step and whose order is unchanged.
  const runs: number[][] = [];
  for (const [index, place] of places.entries()) {
    const longest = runs
      .filter((run) => (places[run.at(-1) ?? 0] ?? 0) < place)
      .reduce<number[]>((best, run) => (run.length > best.length ? run : best), []);
    runs.push([...longest, index]);
  }
  const still = runs.reduce<number[]>((best, run) => (run.length > best.length ? run : best), []);
  return new Set(kept.filter((_, index) => !still.includes(index)).map(({ stepNumber }) => stepNumber));
}
