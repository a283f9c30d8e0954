import type { BulkAction } from "../../../shared/bulk-action.ts";
import { sequenceEndStepNumber } from "../../../shared/limits.ts";
import { minuteMs } from "../../../shared/time-lengths.ts";
import type { BulkActionKind, BulkEffect, RecipientStatus } from "../../../shared/vocabulary.ts";
import { planStep, type StepTiming } from "../schedule/schedule.ts";
import type { Candidate, SendNowLevel } from "./candidate.ts";
import { planSnoozeEnd, planStepWithoutSnooze } from "./sequence.ts";

/*
 * Plans an action on many recipients: its effect on each recipient, each recipient's new place (the
 * fields of `BulkActionPlace`), and how the action is undone. A step that has begun for a recipient
 * never begins again.
 */

/** The part of a recipient's state that bulk actions change. Instants are ms UTC. */
export type BulkActionPlace = {
  status: RecipientStatus;
  nextStep: number;
  nextIsTask: number;
  scheduledAt: number | null;
  dueAt: number | null;
  snoozedUntil: number | null;
  allowsLate: number;
  sendNow: SendNowLevel;
  senderId: number;
};

/** A recipient's state before a bulk action. */
export type BulkPerson = {
  id: number;
  place: BulkActionPlace;
  isClaimed: boolean;
  /** True if the next step has begun: an email is leaving, or a task is open. */
  isUnderWay: boolean;
  /** True if the step of a `move` has begun or was skipped. */
  hadStep: boolean;
  /** True if the recipient already has the value that a `fill` would fill in. */
  hasValue: boolean;
  /** True if the recipient is paused for a value that the next email lacks. For a `resume`. */
  lacksValues: boolean;
  /** True if the recipient has an email, a task or an event. Known only for a `remove`. */
  hasHistory: boolean;
};

/** A recipient that the action changes, with the recipient's place before and after the action. */
export type BulkMove = { id: number; from: BulkActionPlace; to: BulkActionPlace };

/** A value that is filled in, and its path, such as `recipient.gift`. */
export type BulkFillValue = { path: string; text: string };

/** The changes that one request has made. `at`: the time of the request. */
export type BulkChange = {
  kind: BulkActionKind;
  at: number;
  /** True if the campaign was active. */
  wasActive: boolean;
  /** The value of a `fill`. */
  value?: BulkFillValue;
  moves: readonly BulkMove[];
};

/** Two snoozes that end within this time of each other are one snooze that was requested twice. */
const sameSnoozeMs = 10 * minuteMs;

/**
 * Returns the effect of the action on a recipient. A repeated action changes nothing.
 * @param snoozeEndsAt when a snooze would end; needed for `snooze` only
 */
export function judgeBulkAction(
  action: BulkAction,
  { place, isClaimed, isUnderWay, hadStep, hasValue, lacksValues, hasHistory }: BulkPerson,
  now: number,
  snoozeEndsAt: number | null,
): BulkEffect {
  const { status } = place;
  if (action.kind === "stop")
    return status === "completed" ? "ended" : status === "stopped" ? "already" : "changed";
  if (action.kind === "remove") return isClaimed ? "underWay" : hasHistory ? "hasHistory" : "changed";
  if (status === "completed" || status === "stopped" || place.nextStep >= sequenceEndStepNumber)
    return "ended";
  if (action.kind === "changeSender") {
    if (place.senderId === action.senderId) return "already";
    return isClaimed || isUnderWay ? "underWay" : "changed";
  }
  if (action.kind === "fill") return hasValue ? "hasValue" : isClaimed ? "underWay" : "changed";
  if (status === "waitingForEmail") return "noAddress";
  const snoozedUntil = place.snoozedUntil !== null && place.snoozedUntil > now ? place.snoozedUntil : null;
  switch (action.kind) {
    case "pause":
      return status === "paused" ? "already" : "changed";
    case "resume":
      if (status === "paused") return lacksValues ? "lacksValues" : "changed";
      if (snoozedUntil === null) return "already";
      return isClaimed ? "underWay" : "changed";
    case "snooze":
      if (status === "paused") return "notActive";
      return snoozedUntil !== null && Math.abs(snoozedUntil - (snoozeEndsAt ?? 0)) < sameSnoozeMs
        ? "already"
        : "changed";
    case "move":
      if (place.nextStep === action.stepNumber) return "already";
      if (hadStep) return "hadStep";
      return isUnderWay ? "underWay" : "changed";
  }
}

/** The facts from which a recipient's new place is planned. */
export type BulkPlanFacts = {
  candidate: Candidate;
  /** The step of a `move`. */
  step: StepTiming | null;
  now: number;
  /** A random number for the jitter, from 0 to below 1. */
  random: number;
};

/** Returns when a snooze that begins now would end for the recipient. */
export function planBulkSnoozeEnd(candidate: Candidate, now: number, days: number): number {
  const { scheduledAt, snoozedUntil } = candidate.recipient;
  const until = planSnoozeEnd(candidate, now, days);
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now;
  return Math.max(until, isSnoozed ? 0 : (scheduledAt ?? 0));
}

/** The actions for which `planPlaceAfterBulkAction` plans the recipient's new place. */
export type PlanChangingBulkAction = Exclude<BulkAction, { kind: "stop" | "fill" | "remove" }>;

/** Returns the recipient's place after the action. */
export function planPlaceAfterBulkAction(
  action: PlanChangingBulkAction,
  from: BulkActionPlace,
  plan: BulkPlanFacts,
): BulkActionPlace {
  const { candidate, now, random } = plan;
  const isRunning = candidate.campaign.status === "active";
  const due = (at: number | null) => (isRunning ? at : null);
  switch (action.kind) {
    case "pause":
      return { ...from, status: "paused", dueAt: null, sendNow: 0 };
    case "resume": {
      if (from.status === "paused")
        return {
          ...from,
          status: "active",
          allowsLate: 1,
          dueAt: due(Math.max(from.scheduledAt ?? now, now)),
        };
      const at = planStepWithoutSnooze(candidate, now, random);
      return { ...from, snoozedUntil: null, scheduledAt: at, dueAt: due(at) };
    }
    case "snooze": {
      const until = planBulkSnoozeEnd(candidate, now, action.days);
      return { ...from, snoozedUntil: until, scheduledAt: until, dueAt: due(until), sendNow: 0 };
    }
    case "changeSender":
      return { ...from, senderId: action.senderId };
    case "move": {
      const scheduledAt = planMovedStep(plan, from);
      return {
        ...from,
        nextStep: action.stepNumber,
        nextIsTask: plan.step?.kind === "task" ? 1 : 0,
        scheduledAt,
        dueAt: from.status === "active" ? due(scheduledAt) : null,
        sendNow: 0,
      };
    }
  }
}

/**
 * Returns the planned time of the step to which a recipient is moved. The step's delay counts from
 * the last email, or from now if no email was sent.
 */
function planMovedStep(
  { candidate, step, now, random }: BulkPlanFacts,
  { snoozedUntil }: BulkActionPlace,
): number {
  const { recipient, campaign } = candidate;
  const anchorAt = recipient.lastSentAt ?? now;
  const planned = step === null ? now : planStep(anchorAt, step, recipient.timeZone, campaign, random);
  return Math.max(planned, now, snoozedUntil ?? now, campaign.recallUntil ?? now);
}

/**
 * Returns the moves that undo a change. A step whose time has come in the meantime is due now.
 * @param isActive true if the campaign is active
 */
export function reverseBulkMoves(
  { moves, wasActive }: BulkChange,
  isActive: boolean,
  now: number,
): BulkMove[] {
  return moves.map(({ id, from, to }) => {
    const plannedAt = wasActive || from.status !== "active" ? from.dueAt : from.scheduledAt;
    const dueAt = !isActive || plannedAt === null ? null : Math.max(plannedAt, now);
    return { id, from: to, to: { ...from, dueAt, sendNow: 0 } };
  });
}
