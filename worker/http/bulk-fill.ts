import type { MissingValueCounts } from "../../shared/bulk-action.ts";
import { fillablePath } from "../../shared/bulk-action.ts";
import type { FillScope } from "../../shared/vocabulary.ts";
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
 * Lists the values that the remaining emails of these people lack. Each value has the people who
 * lack the value.
 */
export async function listMissingValues(
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
  const lacking = new Map<string, number[]>();
  for (const [index, { recipient }] of own.entries()) {
    const missing = needs[index]?.flatMap((step) => step.missing) ?? [];
    for (const path of new Set(missing)) lacking.set(path, [...(lacking.get(path) ?? []), recipient.id]);
  }
  return {
    items: [...lacking]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([path, of]) => ({
        ...{ path, label: labelVariable(path), scope: getFillScope(path) },
        ...{ people: of.length, ids: of.toSorted((a, b) => a - b) },
      })),
  };
}

function getFillScope(path: string): FillScope {
  if (fillablePath.safeParse(path).success) return "many";
  return /^(recipient|property)\.[^.]+$/.test(path) ? "one" : "office";
}
