import { sequenceEndStepNumber } from "../../../shared/limits.ts";
import type { RecipientStatus } from "../../../shared/vocabulary.ts";
import { planStep, type Schedule, type StepTiming } from "../schedule/schedule.ts";
import type { SendNowLevel } from "./candidate.ts";

/*
 * Computes how a change of a campaign's steps affects each recipient. A step that has begun goes on
 * to its normal end, and never begins again. A new step before a begun step is skipped, and the
 * skip is stored. Every other step is still to come, in the order of the sequence.
 */

/** A step of the sequence after the change. */
export type StepAfterChange = StepTiming & {
  stepNumber: number;
  /** True if the sequence did not have the step before the change. */
  isAdded: boolean;
  /**
   * True if the change gives the step other times or conditions, so that the step is planned anew.
   */
  isRetimed: boolean;
  /** True if the change gives the step another wording, thread, task or choice of the winner. */
  isReworded: boolean;
};

/** A recipient's state before a change of the steps. */
export type PersonInSequence = {
  id: number;
  status: RecipientStatus;
  nextStep: number;
  nextIsTask: boolean;
  timeZone: string;
  /** The numbers of the steps that have begun for the recipient. */
  begun: ReadonlySet<number>;
  /** True if the next step's email waits for another try. */
  isRetrying: boolean;
  /** When the recipient's last step ended, or else when the recipient joined the sequence. */
  anchorAt: number;
  scheduledAt: number | null;
  dueAt: number | null;
  isClaimed: boolean;
  sendNow: SendNowLevel;
  snoozedUntil: number | null;
};

/** A recipient's position in its sequence. */
export type SequencePlace = {
  status: RecipientStatus;
  nextStep: number;
  nextIsTask: boolean;
  scheduledAt: number | null;
  dueAt: number | null;
  sendNow: SendNowLevel;
};

/**
 * Tells whether a step that the change adds comes too late for the recipient. The step does not
 * come too late if an undo has put the recipient back to the step.
 */
export function isAddedStepTooLate(
  person: Pick<PersonInSequence, "nextStep" | "begun">,
  steps: readonly StepAfterChange[],
  index: number,
): boolean {
  const step = steps[index];
  if (step?.isAdded !== true || person.begun.has(step.stepNumber)) return false;
  if (person.nextStep === sequenceEndStepNumber) return true;
  if (person.nextStep === step.stepNumber) return false;
  return steps.slice(index + 1).some(({ stepNumber }) => person.begun.has(stepNumber));
}

/** Returns the steps that are still to come for the recipient, in order. */
export function listComingSteps(
  person: PersonInSequence,
  steps: readonly StepAfterChange[],
): StepAfterChange[] {
  if (person.nextStep === sequenceEndStepNumber) return [];
  return steps.filter(
    ({ stepNumber }, index) => !person.begun.has(stepNumber) && !isAddedStepTooLate(person, steps, index),
  );
}

/**
 * Returns the recipient's place after a change of the steps. Null: nothing has to be stored for the
 * recipient. A recipient in the middle of a step stays until the step ends. A next step that was
 * planned keeps its plan, unless the change gives the step other times or conditions.
 * @param random 0 ≤ random < 1, for the jitter
 */
export function findPlaceAfterChange(
  person: PersonInSequence,
  steps: readonly StepAfterChange[],
  campaign: Schedule & { isActive: boolean },
  now: number,
  random: number,
): SequencePlace | null {
  if (person.nextStep === sequenceEndStepNumber || person.begun.has(person.nextStep)) return null;
  const [next] = listComingSteps(person, steps);
  if (next === undefined) {
    const status = person.status === "stopped" ? person.status : "completed";
    return { status, ...nothingLeft };
  }
  const isSame = next.stepNumber === person.nextStep;
  if (isSame && !next.isRetimed)
    return next.isReworded && person.isClaimed ? release(person, next, now) : null;
  // An email that waits for another try, or that an agent sends now, keeps its time.
  if (isSame && (person.isRetrying || person.sendNow > 0)) return release(person, next, now);
  const planned = planStep(person.anchorAt, next, person.timeZone, campaign, random);
  const isPlanned = person.status === "active" || person.status === "paused" || person.status === "stopped";
  const scheduledAt = isPlanned ? Math.max(planned, now, person.snoozedUntil ?? now) : person.scheduledAt;
  return {
    status: person.status,
    nextStep: next.stepNumber,
    nextIsTask: next.kind === "task",
    scheduledAt,
    dueAt: person.status === "active" && campaign.isActive ? scheduledAt : null,
    sendNow: 0,
  };
}

const nothingLeft = {
  nextStep: sequenceEndStepNumber,
  nextIsTask: false,
  scheduledAt: null,
  dueAt: null,
  sendNow: 0,
} as const;

/**
 * Returns a recipient's unchanged place. If a process has claimed the recipient for sending, the
 * recipient is due now, so that its email is made from the new wording.
 */
function release(person: PersonInSequence, next: StepAfterChange, now: number): SequencePlace {
  const { status, scheduledAt, dueAt, sendNow } = person;
  return {
    status,
    nextStep: next.stepNumber,
    nextIsTask: next.kind === "task",
    scheduledAt,
    dueAt: person.isClaimed ? now : dueAt,
    sendNow,
  };
}

/**
 * Returns a recipient's place in its sequence. If a process has claimed the recipient for sending,
 * `dueAt` is the planned time of the step.
 */
export function getSequencePlace(person: PersonInSequence): SequencePlace {
  const { status, nextStep, nextIsTask, scheduledAt, isClaimed, sendNow } = person;
  const dueAt = isClaimed ? scheduledAt : person.dueAt;
  return { status, nextStep, nextIsTask, scheduledAt, dueAt, sendNow };
}

/**
 * Returns the place from which a change has moved the recipient. Null: the change did not move the
 * recipient, or the recipient has left the new place or begun its step. A step whose time has come
 * in the meantime is due now.
 */
export function findRestoredPlace(
  person: PersonInSequence,
  move: PlaceMove | undefined,
  isActive: boolean,
  now: number,
): SequencePlace | null {
  if (move === undefined || person.begun.has(person.nextStep)) return null;
  const { from, to } = move;
  const isWhereLeft =
    person.status === to.status && person.nextStep === to.nextStep && person.scheduledAt === to.scheduledAt;
  if (!isWhereLeft) return null;
  const dueAt = from.dueAt === null || !isActive ? null : Math.max(from.dueAt, now);
  return { ...from, dueAt };
}

/** A recipient that a change has moved, and its places before and after the change. */
export type PlaceMove = { id: number; from: SequencePlace; to: SequencePlace };

/**
 * The numbers of people for whom one step is over, under way and still to come, after a change of
 * the steps.
 */
export type StepChangeFigures = {
  stepNumber: number;
  /** The people for whom the step is over, or was added too late. */
  past: number;
  /** The people in the middle of the step. */
  underWay: number;
  /** The people for whom the step is still to come. */
  coming: number;
  /**
   * The number of people among `coming` whose next step is this step, planned before `todayEndsAt`.
   */
  today: number;
};

/**
 * Counts for each step the people for whom the step is over, under way and still to come. A stopped
 * recipient is not counted, because no step is to come for the recipient.
 * @param removed the numbers of the steps that the change takes out; for these, `coming` counts the
 *   people who would have had the step
 */
export function countStepChangeFigures(
  people: readonly PersonInSequence[],
  places: ReadonlyMap<number, SequencePlace>,
  steps: readonly StepAfterChange[],
  removed: readonly number[],
  todayEndsAt: number,
): StepChangeFigures[] {
  const counted = people.filter(({ status }) => status !== "stopped");
  const isUnderWay = (person: PersonInSequence, stepNumber: number) =>
    person.nextStep === stepNumber && person.begun.has(stepNumber);
  const comingByPerson = new Map(counted.map((person) => [person, listComingSteps(person, steps)]));
  const kept = steps.map(({ stepNumber }): StepChangeFigures => {
    const coming = counted.filter((person) =>
      comingByPerson.get(person)?.some((step) => step.stepNumber === stepNumber),
    );
    const today = coming.filter((person) => {
      const { nextStep, dueAt } = places.get(person.id) ?? person;
      return nextStep === stepNumber && dueAt !== null && dueAt < todayEndsAt;
    });
    const underWay = counted.filter((person) => isUnderWay(person, stepNumber)).length;
    const past = counted.length - coming.length - underWay;
    return { stepNumber, past, underWay, coming: coming.length, today: today.length };
  });
  const gone = removed.map((stepNumber): StepChangeFigures => {
    const underWay = counted.filter((person) => isUnderWay(person, stepNumber)).length;
    const begun = counted.filter(({ begun }) => begun.has(stepNumber)).length;
    const open = counted.filter(
      ({ begun, nextStep }) => !begun.has(stepNumber) && nextStep !== sequenceEndStepNumber,
    );
    const past = begun - underWay;
    return { stepNumber, past, underWay, coming: open.length, today: 0 };
  });
  return [...kept, ...gone];
}
