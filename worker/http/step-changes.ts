import type { SequenceFault, SequenceStep } from "../../shared/sequence.ts";
import type { StepChange } from "../../shared/step-change.ts";
import type { StepLetter } from "../db/campaign-letters.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { listPeopleInSequence } from "../db/step-change-people.ts";
import { changeCampaignSteps, type StepChangeRow, type StepsChange } from "../db/step-changes.ts";
import { findTenant } from "../db/tenants.ts";
import { buildSchedule } from "../domain/campaign.ts";
import { AppError } from "../domain/errors.ts";
import { getStandInZone } from "../domain/recipient.ts";
import { getNextDayStart } from "../domain/schedule/schedule.ts";
import {
  countStepChangeFigures,
  findPlaceAfterChange,
  findRestoredPlace,
  getSequencePlace,
  type PlaceMove,
  type StepAfterChange,
  type StepChangeFigures,
} from "../domain/send/step-change.ts";
import {
  compareSteps,
  findMovedSteps,
  orderStepsEverUsed,
  type StoredStep,
} from "../domain/send/step-comparison.ts";
import { listWinnerChanges } from "../domain/winner.ts";
import { buildWordingCheckOptions } from "../mail/template/check.ts";
import { listClaimsMade } from "../mail/template/claims.ts";
import type { RequestScope } from "./access.ts";
import {
  convertEditedSteps,
  loadStepsWithLetters,
  type StepsToStore,
  type StepsWithLetters,
  toStoredStep,
} from "./campaign-steps.ts";
import { createNotFoundError } from "./request.ts";
import { findSequenceFaults } from "./sequences.ts";
import { fillSnippetsInSteps } from "./snippets.ts";

/**
 * A planned change of a campaign's steps, based on the steps at which the campaign's people are
 * now.
 */
export type PlannedStepsChange = {
  change: Omit<StepsChange, "undo" | "audit">;
  stepsBefore: StoredStep[];
  figures: StepChange[];
};

/** Plans a change of a campaign's steps. Nothing is written. */
export async function planStepsChange(
  desk: RequestScope,
  campaign: CampaignRow,
  edited: readonly SequenceStep[],
): Promise<PlannedStepsChange> {
  const [loaded, filled] = await Promise.all([
    loadStepsWithLetters(desk, campaign.id),
    fillSnippetsInSteps(desk, edited),
  ]);
  return await planFor(desk, campaign, loaded, convertEditedSteps(desk, campaign, loaded, filled), []);
}

/**
 * Plans the undo of the change in `row`: restores the earlier steps, and puts people back to their
 * earlier steps.
 */
export async function planUndoOfStepsChange(
  desk: RequestScope,
  campaign: CampaignRow,
  row: StepChangeRow,
): Promise<PlannedStepsChange> {
  const loaded = await loadStepsWithLetters(desk, campaign.id);
  const ids = new Map(row.stepsBefore.map(({ stepNumber }) => [stepNumber, stepNumber]));
  return await planFor(desk, campaign, loaded, { sequence: row.stepsBefore, templates: [], ids }, row.moves);
}

async function planFor(
  { ctx, scope }: RequestScope,
  campaign: CampaignRow,
  loaded: StepsWithLetters,
  { sequence, templates, ids }: StepsToStore,
  undone: readonly PlaceMove[],
): Promise<PlannedStepsChange> {
  const tenant = await findTenant(scope);
  if (tenant === undefined) throw createNotFoundError();
  const now = ctx.now();
  const people = await listPeopleInSequence(scope, campaign.id);
  const stepsBefore = loaded.sequence.map(toStoredStep);
  const { steps, removed } = compareSteps(stepsBefore, sequence);
  const isActive = campaign.status === "active" || campaign.status === "completed";
  const schedule = { ...buildSchedule(campaign, tenant), isActive };
  const movesUndone = new Map(undone.map((move) => [move.id, move]));
  const moves = people.flatMap((person): PlaceMove[] => {
    const to =
      findRestoredPlace(person, movesUndone.get(person.id), isActive, now) ??
      findPlaceAfterChange(person, steps, schedule, now, ctx.random());
    return to === null ? [] : [{ id: person.id, from: getSequencePlace(person), to }];
  });
  const added = steps.filter(({ isAdded }) => isAdded).map(({ stepNumber }) => stepNumber);
  const order = orderStepsEverUsed(
    loaded.everUsed.map(({ stepNumber }) => stepNumber),
    sequence.map(({ stepNumber }) => stepNumber),
  );
  const todayEndsAt = getNextDayStart(now, getStandInZone(campaign, tenant));
  const places = new Map(moves.map(({ id, to }) => [id, to]));
  const figures = countStepChangeFigures(people, places, steps, removed, todayEndsAt);
  return {
    change: {
      campaignId: campaign.id,
      from: campaign.stepsVersion,
      sequence,
      order,
      added,
      moves,
      templates,
      winners: listWinnerChanges(stepsBefore, sequence),
    },
    stepsBefore,
    figures: nameFigures(figures, { steps, removed, stepsBefore, ids }),
  };
}

type Compared = {
  steps: readonly StepAfterChange[];
  removed: readonly number[];
  stepsBefore: readonly StoredStep[];
  ids: ReadonlyMap<number, number>;
};

/** Returns the figures of each step, with the kind of the step's change and the step's position. */
function nameFigures(figures: readonly StepChangeFigures[], compared: Compared): StepChange[] {
  const { steps, removed, stepsBefore, ids } = compared;
  const moved = findMovedSteps(stepsBefore, steps);
  return figures.map(({ stepNumber, ...counts }): StepChange => {
    if (removed.includes(stepNumber)) {
      const position = stepsBefore.findIndex((step) => step.stepNumber === stepNumber) + 1;
      return { id: stepNumber, change: "removed", position, ...counts };
    }
    const index = steps.findIndex((step) => step.stepNumber === stepNumber);
    const { isAdded = false, isRetimed = false, isReworded = false } = steps[index] ?? {};
    const kept = moved.has(stepNumber) ? "moved" : "kept";
    const change = isAdded ? "added" : isRetimed || isReworded ? "changed" : kept;
    return { id: ids.get(stepNumber) ?? stepNumber, change, position: index + 1, ...counts };
  });
}

/**
 * The most times that a change is planned, because a recipient may move to another step meanwhile.
 */
const maxTries = 4;

/**
 * Plans a change and applies the plan. If a recipient moves to another step between planning and
 * applying, plans the change again.
 * @throws AppError conflict or preconditionFailed
 */
export async function applyPlannedStepsChange(
  plan: () => Promise<PlannedStepsChange>,
  complete: (planned: PlannedStepsChange) => StepsChange,
  scope: RequestScope["scope"],
): Promise<PlannedStepsChange> {
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const planned = await plan();
    const refusal = await changeCampaignSteps(scope, complete(planned));
    switch (refusal) {
      case null:
        return planned;
      case "version":
        throw createStepsVersionError(null);
      case "status":
        throw createNotUnderWayError();
      case "moved":
    }
  }
  throw new AppError("conflict", "The campaign is sending just now. Pause it, or try again in a minute.");
}

/** Builds the error for steps that somebody has changed since the caller read the steps. */
export function createStepsVersionError(newest: number | null): AppError {
  return new AppError(
    "preconditionFailed",
    "Someone else changed these steps in the meantime. Reload and try again.",
    {
      "If-Match":
        newest === null ? "is not the newest version" : `is not the newest version, which is ${newest}`,
    },
  );
}

export function createNotUnderWayError(): AppError {
  return new AppError("conflict", "Only the steps of a running campaign can be changed this way.");
}

/**
 * Returns the faults that keep edited steps from being applied, by the fields of the request. A
 * claim that a running letter already makes is no fault of the change. The Worker holds back an
 * email with an unattested claim, and gates/claims.ts checks the changed letters.
 */
export async function findEditedStepFaults(
  desk: RequestScope,
  steps: readonly SequenceStep[],
  running: readonly StepLetter[],
): Promise<{ faults: SequenceFault[]; fields: Record<string, string> }> {
  const { attestedClaims = [] } = buildWordingCheckOptions(await findTenant(desk.scope));
  const faults = await findSequenceFaults(desk, steps, {
    attestedClaims: [...attestedClaims, ...running.flatMap(listClaimsMade)],
  });
  const fields = faults.map(({ stepId, field, message }) => {
    const index = steps.findIndex(({ id }) => id === stepId);
    return [index === -1 ? field : `steps.${index}.${field}`, message] as const;
  });
  return { faults, fields: Object.fromEntries(fields) };
}
