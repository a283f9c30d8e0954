import { sequenceEndStepNumber } from "../../shared/limits.ts";
import {
  findPlaceAfterChange,
  findRestoredPlace,
  getSequencePlace,
  isAddedStepTooLate,
  listComingSteps,
  type PersonInSequence,
  type PlaceMove,
  type StepAfterChange,
} from "../../worker/domain/send/step-change.ts";
import {
  compareSteps,
  orderStepsEverUsed,
  type StoredStep,
} from "../../worker/domain/send/step-comparison.ts";
import { noWinnerState } from "../../worker/domain/winner.ts";
import { hour } from "./time.ts";
import type { Random } from "./worker/chaos/random.ts";

/*
 * A model of a campaign whose steps change at random moments. The model uses the product's own
 * rules, but simulates time, sending and the database in a few lines.
 */

const schedule = {
  ...{ sendWindow: null, startAt: null, endAt: null, jitterMinutes: 0, skipsHolidays: false, holidays: [] },
  isActive: true,
};

/**
 * A record that a person has got or skipped a letter. `letter` is the number of the letter, which
 * stays the same if the step's id changes.
 */
type Ending = { personId: number; letter: number };
export type StepChangeModelOptions = {
  random: Random;
  people: number;
  /** If true, the model identifies a step by its position, as if steps had no ids. */
  isKeyedByPosition?: boolean;
};

const buildElseEmail = (stepNumber: number) => ({
  ...{ templateId: 10_000 + stepNumber, templateVersion: 1 },
  startsThread: false,
});

/**
 * Builds a random step. Half of the steps have an else email; a person then gets either the main
 * email or the else email.
 */
function buildStep(stepNumber: number, random: Random): StoredStep {
  const elseEmail = random.next() < 0.5 ? buildElseEmail(stepNumber) : null;
  return {
    ...{ stepNumber, kind: "email", delayDays: 0, delayHours: random.between(0, 9), delayBusinessDays: 0 },
    ...{ sendTimeHour: null, conditions: {}, task: null, templateId: stepNumber, templateVersion: 1 },
    ...{ startsThread: false, variants: [], elseEmail, ...noWinnerState },
  };
}

const switchElseEmail = (step: StoredStep): StoredStep => ({
  ...step,
  elseEmail: step.elseEmail === null ? buildElseEmail(step.stepNumber) : null,
});

/** Creates the model of a campaign with three steps. No email has been sent yet. */
export function createStepChangeModel({
  random,
  people: count,
  isKeyedByPosition = false,
}: StepChangeModelOptions) {
  let now = 0;
  let sequence = [1, 2, 3].map((number) => buildStep(number, random));
  let everUsed = [1, 2, 3];
  let letters = 3;
  let people = Array.from(
    { length: count },
    (_, id): PersonInSequence => ({
      ...{ id, status: "active", nextStep: 1, nextIsTask: false, timeZone: "UTC", begun: new Set() },
      ...{ isRetrying: false, anchorAt: 0, scheduledAt: 0, dueAt: 0, isClaimed: false, sendNow: 0 },
      snoozedUntil: null,
    }),
  );
  const endings: Ending[] = [];
  const faults: string[] = [];
  const asChanged = (steps: readonly StoredStep[]): StepAfterChange[] => compareSteps(steps, steps).steps;
  const update = (id: number, change: Partial<PersonInSequence>) => {
    people = people.map((person) => (person.id === id ? { ...person, ...change } : person));
  };
  const hasEnded = (personId: number, letter: number | null) =>
    endings.some((one) => one.personId === personId && one.letter === letter);
  const end = (personId: number, { templateId: letter }: StoredStep) => {
    if (letter === null) return;
    if (hasEnded(personId, letter)) faults.push(`person ${personId} has letter ${letter} twice`);
    endings.push({ personId, letter });
  };

  /** Begins the next step of a person who is due. */
  function begin(person: PersonInSequence): void {
    const { id, nextStep } = person;
    const step = sequence.find(({ stepNumber }) => stepNumber === nextStep);
    if (step === undefined) faults.push(`person ${id} gets step ${nextStep}, which is not in the sequence`);
    else end(id, step);
    update(id, { begun: new Set([...person.begun, nextStep]), dueAt: null, anchorAt: now });
  }

  /** Ends the step that a person has begun, and moves the person to the next step. */
  function conclude(person: PersonInSequence): void {
    const [next] = listComingSteps(person, asChanged(sequence));
    if (next === undefined)
      update(person.id, { status: "completed", nextStep: sequenceEndStepNumber, scheduledAt: null });
    else {
      const at = now + next.delayHours * hour;
      update(person.id, { nextStep: next.stepNumber, scheduledAt: at, dueAt: at });
    }
  }

  /**
   * Lets some hours pass. Some of the due emails are begun, but have not ended after these hours.
   */
  function pass(hours: number, share: number): void {
    now += hours * hour;
    for (const person of people) {
      if (person.begun.has(person.nextStep)) conclude(person);
      else if (person.dueAt !== null && person.dueAt <= now) {
        begin(person);
        const begun = people.find(({ id }) => id === person.id);
        if (begun !== undefined && random.next() < share) conclude(begun);
      }
    }
  }

  function apply(wanted: readonly StoredStep[], undone: readonly PlaceMove[]): PlaceMove[] {
    const after = isKeyedByPosition
      ? wanted.map((step, index) => ({ ...step, stepNumber: index + 1 }))
      : wanted;
    const { steps } = compareSteps(sequence, after);
    const moves = people.flatMap((person): PlaceMove[] => {
      const move = undone.find(({ id }) => id === person.id);
      const to =
        findRestoredPlace(person, move, true, now) ?? findPlaceAfterChange(person, steps, schedule, now, 0);
      return to === null ? [] : [{ id: person.id, from: getSequencePlace(person), to }];
    });
    for (const { id, to } of moves) update(id, { ...to, isClaimed: false });
    for (const [index, step] of after.entries()) {
      for (const person of people) {
        if (!isAddedStepTooLate(person, steps, index)) continue;
        end(person.id, step);
        update(person.id, { begun: new Set([...person.begun, step.stepNumber]) });
      }
    }
    const order = after.map(({ stepNumber }) => stepNumber);
    everUsed = orderStepsEverUsed(everUsed, order);
    sequence = [...after];
    checkPlaces();
    return moves;
  }

  function checkPlaces(): void {
    for (const person of people) {
      if (person.nextStep === sequenceEndStepNumber || person.begun.has(person.nextStep)) continue;
      const [first] = listComingSteps(person, asChanged(sequence));
      if (first?.stepNumber !== person.nextStep) faults.push(`person ${person.id} is at the wrong step`);
    }
  }

  /**
   * Makes one random change to the steps: adds, removes or moves a step, or changes a step's delay
   * or else email.
   */
  function change(): { undo: () => void } {
    const before = sequence;
    const place = random.between(0, sequence.length);
    letters += 1;
    const added = buildStep(letters, random);
    const others = sequence.filter((_, index) => index !== place);
    const chosen = sequence[place];
    const wanted = [
      () => sequence.toSpliced(place, 0, added),
      () => (sequence.length > 1 ? others : sequence),
      () => (chosen === undefined ? sequence : others.toSpliced(random.between(0, others.length), 0, chosen)),
      () => sequence.map((step) => (step === chosen ? { ...step, delayHours: step.delayHours + 1 } : step)),
      () => sequence.map((step) => (step === chosen ? switchElseEmail(step) : step)),
    ][random.between(0, 4)]?.();
    const moves = apply(wanted ?? sequence, []);
    return { undo: () => void apply(before, moves) };
  }

  return {
    pass,
    change,
    faults,
    readState: () => ({ sequence, places: people.map(getSequencePlace) }),
    /**
     * Lets time pass until everybody's sequence should have ended. Notes each person who has not
     * finished, and each letter that a person has missed.
     */
    finish(): void {
      for (let turn = 0; turn < 200 && people.some(({ status }) => status === "active"); turn += 1)
        pass(10, 1);
      for (const { id, status } of people) {
        if (status !== "completed") faults.push(`person ${id} is stuck`);
        for (const { templateId: letter } of sequence)
          if (!hasEnded(id, letter)) faults.push(`person ${id} has lost letter ${letter}`);
      }
    },
  };
}
