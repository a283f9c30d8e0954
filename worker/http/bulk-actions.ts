import type { z } from "zod";
import type { BulkAction, BulkActionResult, bulkActionInput } from "../../shared/bulk-action.ts";
import { limits } from "../../shared/limits.ts";
import type { RecipientListFilter } from "../../shared/recipient-list.ts";
import { type BulkActionKind, type BulkEffect, bulkEffects } from "../../shared/vocabulary.ts";
import { applyBulkChange, loadBulkPeople } from "../db/bulk-changes.ts";
import { removeRecipients } from "../db/bulk-removal.ts";
import { findUndoableBulkChanges } from "../db/bulk-undo.ts";
import { listCampaignSteps } from "../db/campaign-steps.ts";
import type { CampaignRow } from "../db/campaigns.ts";
import { loadCandidates } from "../db/candidates.ts";
import { AppError } from "../domain/errors.ts";
import type { StepTiming } from "../domain/schedule/schedule.ts";
import {
  type BulkActionPlace,
  type BulkFillValue,
  type BulkMove,
  type BulkPerson,
  judgeBulkAction,
  planBulkSnoozeEnd,
  planPlaceAfterBulkAction,
} from "../domain/send/bulk-action.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { findMissingVariablesOfHeld } from "../send/missing-values.ts";
import { getRequestScope, listVisiblePropertyIds, type RequestScope } from "./access.ts";
import { buildAuditEntry } from "./audit-entry.ts";
import { planBulkFill } from "./bulk-fill.ts";
import { loadRecipientList } from "./recipient-list.ts";
import { type HttpContext, refuseFaultyFields } from "./request.ts";
import { toIso } from "./views/instant.ts";

type Input = z.output<typeof bulkActionInput>;

/**
 * The selected people. `all`: everybody in the selection. `ids`: the people whom one request
 * changes. `next`: the cursor of the people who are left.
 */
type Selected = { all: number[]; ids: number[]; next: number | null };

/**
 * Counts the effects that an action would have on all selected people. Nothing is changed.
 * @throws AppError invalidRequest
 */
export async function previewBulkAction(
  c: HttpContext,
  campaign: CampaignRow,
  { action, selection }: Input,
): Promise<BulkActionResult> {
  const desk = getRequestScope(c);
  await findMovedStep(desk, campaign, action);
  const { all } = await selectRecipients(c, campaign, selection, null);
  const judged = await judgeRecipients(desk, campaign, action, all);
  return { ...toResult(action.kind, judged), nextCursor: null, undoToken: null, undoUntil: null };
}

/**
 * Applies an action to the next people who are selected, at most 500. The caller repeats the
 * request with the answer's cursor until nobody is left. A repeated request changes nothing. If the
 * request has the undo token of the lost answer, the repeated answer is the same.
 * @throws AppError invalidRequest
 */
export async function performBulkAction(
  c: HttpContext,
  campaign: CampaignRow,
  { action, selection, cursor, undoToken }: Input,
): Promise<BulkActionResult> {
  const desk = getRequestScope(c);
  const { ctx, scope } = desk;
  const step = await findMovedStep(desk, campaign, action);
  const { ids, next } = await selectRecipients(c, campaign, selection, cursor);
  const judged = await judgeRecipients(desk, campaign, action, ids);
  const changed = judged.filter(({ effect }) => effect === "changed");
  const earlier = await listEarlierChanged(desk, campaign.id, action, undoToken);
  const done = toResult(
    action.kind,
    judged.map((one) => (earlier.has(one.person.id) ? { ...one, effect: "changed" } : one)),
  );
  if (action.kind === "remove") done.effects.changed += countGone(ids, judged, earlier);
  if (changed.length === 0) {
    const token = done.effects.changed > 0 ? (undoToken ?? null) : null;
    return { ...done, nextCursor: next, undoToken: token, undoUntil: null };
  }
  const people = changed.map(({ person }) => person);
  const audit = buildAuditEntry(desk, `campaign.people.${action.kind}`, `campaigns/${campaign.id}`, {
    people: people.length,
    ...(action.kind === "fill" && { path: action.path }),
  });
  const { moves, value, noRoom } = await planMoves(desk, campaign, action, people, step);
  const token = undoToken ?? ctx.newId().toString(36);
  const until = ctx.now() + limits.bulkUndoSeconds * 1000;
  const wasActive = campaign.status === "active";
  const change = { kind: action.kind, at: audit.at, wasActive, moves, ...(value && { value }) };
  const apply = action.kind === "remove" ? removeRecipients : applyBulkChange;
  const applied = await apply(scope, campaign.id, change, { undo: { token, until }, audit });
  done.effects.noRoom += noRoom;
  done.effects.changed -= noRoom;
  const counted = count(done, changed.length - noRoom, applied);
  return { ...counted, nextCursor: next, undoToken: token, undoUntil: toIso(until) };
}

/**
 * Returns the result with the number of changed people. Planned people who were not changed count
 * as people in the middle of a step, because they moved between reading and writing.
 */
function count(done: ReturnType<typeof toResult>, planned: number, applied: number) {
  const { effects } = done;
  return {
    ...done,
    effects: {
      ...effects,
      changed: effects.changed - planned + applied,
      underWay: effects.underWay + planned - applied,
    },
  };
}

/** Returns how many of the asked people an earlier request of the same removal has deleted. */
function countGone(ids: readonly number[], judged: readonly Judged[], earlier: ReadonlySet<number>): number {
  const left = new Set(judged.map(({ person }) => person.id));
  return ids.filter((id) => earlier.has(id) && !left.has(id)).length;
}

/** Returns the people whom an earlier request of the same action, with this token, has changed. */
async function listEarlierChanged(
  { ctx, scope, agentId }: RequestScope,
  campaignId: number,
  action: BulkAction,
  token: string | undefined,
): Promise<ReadonlySet<number>> {
  if (token === undefined) return new Set();
  const changes = await findUndoableBulkChanges(scope, campaignId, { token, agentId, now: ctx.now() });
  const path = action.kind === "fill" ? action.path : undefined;
  const same = changes.filter(({ kind, value }) => kind === action.kind && value?.path === path);
  return new Set(same.flatMap(({ moves }) => moves.map(({ id }) => id)));
}

type PlannedMoves = { moves: BulkMove[]; value?: BulkFillValue; noRoom: number };

async function planMoves(
  desk: RequestScope,
  campaign: CampaignRow,
  action: BulkAction,
  people: readonly BulkPerson[],
  step: StepTiming | null,
): Promise<PlannedMoves> {
  const { ctx } = desk;
  const move = (to: (person: BulkPerson) => BulkActionPlace): PlannedMoves => ({
    moves: people.map((person) => ({ id: person.id, from: person.place, to: to(person) })),
    noRoom: 0,
  });
  if (action.kind === "stop" || action.kind === "remove") return move(({ place }) => place);
  if (action.kind === "changeSender") return move(({ place }) => ({ ...place, senderId: action.senderId }));
  if (action.kind === "fill") return await planBulkFill(desk, campaign.id, action, people);
  const candidates = await loadById(
    desk,
    people.map(({ id }) => id),
  );
  const moves = people.flatMap(({ id, place }): BulkMove[] => {
    const candidate = candidates.get(id);
    if (candidate === undefined) return [];
    const plan = { candidate, step, now: ctx.now(), random: ctx.random() };
    return [{ id, from: place, to: planPlaceAfterBulkAction(action, place, plan) }];
  });
  return { moves, noRoom: 0 };
}

async function selectRecipients(
  c: HttpContext,
  campaign: CampaignRow,
  selection: Input["selection"],
  cursor: number | null,
): Promise<Selected> {
  if ("ids" in selection) {
    const ids = await listVisibleRecipientIds(c, campaign, selection.ids);
    return { all: ids, ids, next: null };
  }
  const seen = await listMatchingIds(c, campaign, selection.filter);
  const left = seen.filter((id) => id > (cursor ?? 0));
  const ids = left.slice(0, limits.recipientsPerAction);
  return { all: seen, ids, next: left.length > ids.length ? (ids.at(-1) ?? null) : null };
}

/**
 * Returns the ids in `asked` whose recipients the session may see, each id once, in the order of
 * adding.
 */
export async function listVisibleRecipientIds(
  c: HttpContext,
  campaign: CampaignRow,
  asked: readonly number[],
): Promise<number[]> {
  const wanted = new Set(asked);
  if (listVisiblePropertyIds(c) === null) return [...wanted].toSorted((a, b) => a - b);
  return (await listMatchingIds(c, campaign, {})).filter((id) => wanted.has(id));
}

async function listMatchingIds(
  c: HttpContext,
  campaign: CampaignRow,
  filter: RecipientListFilter,
): Promise<number[]> {
  const properties = listVisiblePropertyIds(c);
  const request = { filter, sort: "added" as const, properties, countsOutcomes: false };
  const { matches } = await loadRecipientList(getRequestScope(c), campaign, request);
  return matches.map(({ id }) => id);
}

type Judged = { person: BulkPerson; effect: BulkEffect };

async function judgeRecipients(
  desk: RequestScope,
  campaign: CampaignRow,
  action: BulkAction,
  ids: readonly number[],
): Promise<Judged[]> {
  const { ctx, scope } = desk;
  const people = await loadBulkPeople(scope, campaign.id, ids, action);
  const snoozed =
    action.kind === "snooze" ? people.filter(({ place }) => (place.snoozedUntil ?? 0) > ctx.now()) : [];
  const paused = action.kind === "resume" ? people.filter(({ place }) => place.status === "paused") : [];
  const candidates = await loadById(
    desk,
    [...snoozed, ...paused].map(({ id }) => id),
  );
  const lacking =
    paused.length === 0
      ? null
      : await findMissingVariablesOfHeld(scope, campaign.id, [...candidates.values()]);
  return people.map((one) => {
    const person = { ...one, lacksValues: lacking?.has(one.id) ?? false };
    const candidate = candidates.get(person.id);
    const endsAt =
      action.kind === "snooze" && candidate !== undefined
        ? planBulkSnoozeEnd(candidate, ctx.now(), action.days)
        : null;
    return { person, effect: judgeBulkAction(action, person, ctx.now(), endsAt) };
  });
}

async function loadById({ scope }: RequestScope, ids: readonly number[]): Promise<Map<number, Candidate>> {
  const candidates = await loadCandidates(scope.db, ids, scope.tenantId);
  return new Map(candidates.map((candidate) => [candidate.recipient.id, candidate]));
}

/**
 * Returns the step of a `move`; null for other actions.
 * @throws AppError invalidRequest if the campaign has no such step
 */
async function findMovedStep(
  { scope }: RequestScope,
  campaign: CampaignRow,
  action: BulkAction,
): Promise<StepTiming | null> {
  if (action.kind !== "move") return null;
  const steps = await listCampaignSteps(scope, campaign.id);
  const step = steps.find(({ stepNumber }) => stepNumber === action.stepNumber);
  if (step === undefined) refuseFaultyFields({ "action.stepNumber": "must be a step of this campaign" });
  return step ?? null;
}

/** @throws AppError conflict if the action is not possible in a campaign with this status */
export function requireStatusForBulkAction(kind: BulkActionKind, campaign: CampaignRow): void {
  const { status } = campaign;
  const isUnderWay = status === "active" || status === "paused";
  const isDraftWork = status === "draft" && (kind === "fill" || kind === "remove");
  // A stop or removal that has completed the campaign can be requested again after a lost answer.
  const isRepeat = status === "completed" && (kind === "stop" || kind === "remove");
  const isAllowed = isUnderWay || isDraftWork || isRepeat;
  if (!isAllowed) throw new AppError("conflict", `You can't do this in a campaign that is ${status}.`);
}

function toResult(kind: BulkActionKind, judged: readonly Judged[]) {
  const effects = Object.fromEntries(bulkEffects.map((effect) => [effect, 0])) as Record<BulkEffect, number>;
  for (const { effect } of judged) effects[effect] += 1;
  return { action: kind, effects };
}
