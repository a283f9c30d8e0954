import type { MissingValueCounts } from "../../shared/bulk-action.ts";
import { fillablePath } from "../../shared/bulk-action.ts";
import { loadCandidates } from "../db/candidates.ts";
import { isTemplateDataOversized } from "../domain/recipient-data.ts";
import type { BulkFillValue, BulkMove, BulkPerson } from "../domain/send/bulk-action.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import { buildCorrectedRecipient, isPausedByEmail, releaseHeldRecipient } from "../domain/send/correction.ts";
import { labelVariable } from "../mail/merge-data/variable-labels.ts";
import { loadStepMissingVariables } from "../send/missing-values.ts";
import type { RequestScope } from "./access.ts";

/**
 * Plans the change that gives a value to recipients of a campaign. A recipient who was held because
 * of the next email continues if the email then lacks no value.
 */
export async function planBulkFill(
  { ctx, scope }: RequestScope,
  campaignId: number,
  { path, text }: BulkFillValue,
  people: readonly BulkPerson[],
): Promise<{ moves: BulkMove[]; value: BulkFillValue; noRoom: number }> {
  const ids = people.map(({ id }) => id);
  const candidates = await loadCandidates(scope.db, ids, scope.tenantId);
  const [part = "", name = ""] = path.split(".");
  const correction = { [part === "property" ? "property" : "templateData"]: { [name]: text } };
  const now = ctx.now();
  const corrected = candidates.map((candidate) => {
    // A value that can be filled in for many people is never part of an address, so the time zone
    // stays.
    const zones = { source: "given" as const, otherwise: candidate.recipient.timeZone };
    return {
      candidate,
      change: buildCorrectedRecipient(candidate, correction, zones, now, ctx.random()),
    };
  });
  const fitting = corrected.filter(({ change }) => !isTemplateDataOversized(change.data));
  const complete = await findComplete(
    { ctx, scope },
    campaignId,
    fitting
      .filter(({ candidate }) => isPausedByEmail(candidate))
      .map(({ candidate, change: { data } }) => ({
        ...candidate,
        recipient: { ...candidate.recipient, data },
      })),
  );
  const places = new Map(people.map(({ id, place }) => [id, place]));
  const moves = fitting.flatMap(({ candidate, change }): BulkMove[] => {
    const { id } = candidate.recipient;
    const from = places.get(id);
    if (from === undefined) return [];
    const { status, scheduledAt, dueAt, allowsLate } = complete.has(id)
      ? releaseHeldRecipient(change, candidate, now)
      : change;
    return [{ id, from, to: { ...from, status, scheduledAt, dueAt, allowsLate: allowsLate ? 1 : 0 } }];
  });
  return { moves, value: { path, text }, noRoom: corrected.length - fitting.length };
}

/** Returns the ids of the candidates whose next email lacks no value. */
async function findComplete(
  { scope }: Pick<RequestScope, "ctx" | "scope">,
  campaignId: number,
  candidates: readonly Candidate[],
): Promise<Set<number>> {
  if (candidates.length === 0) return new Set();
  const needs = await loadStepMissingVariables(scope, campaignId, candidates);
  return new Set(
    candidates.flatMap(({ recipient }, index) =>
      needs[index]?.[0]?.missing.length === 0 ? [recipient.id] : [],
    ),
  );
}

/**
 * Counts the people whose remaining emails lack a value, for each value that can be filled in for
 * many people at once.
 */
export async function countMissingValues(
  { scope }: RequestScope,
  campaignId: number,
  ids: readonly number[],
): Promise<MissingValueCounts> {
  const candidates = await loadCandidates(scope.db, ids, scope.tenantId);
  const own = candidates.filter(
    ({ recipient: { campaignId: id, status } }) =>
      id === campaignId && status !== "stopped" && status !== "completed",
  );
  const needs = own.length === 0 ? [] : await loadStepMissingVariables(scope, campaignId, own);
  const counts = new Map<string, number>();
  for (const steps of needs) {
    for (const path of new Set(steps.flatMap(({ missing }) => missing)))
      if (fillablePath.safeParse(path).success) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return {
    items: [...counts]
      .toSorted(([, a], [, b]) => b - a)
      .map(([path, people]) => ({ path, label: labelVariable(path), people })),
  };
}
