import { limits } from "../../shared/limits.ts";
import type { StepsChangeResult } from "../../shared/step-change.ts";
import type { RememberedState } from "./remembered-state.ts";

type StepsUndo = Pick<StepsChangeResult, "undoToken"> & {
  /** The time until which the agent can undo the change, in ms by `performance.now()`. */
  endsAt: number;
};
type Cache = RememberedState["cache"];

const getKey = (campaignId: number) => `steps undo ${campaignId}`;

/**
 * Stores the undo token of a change to a campaign's steps. The campaign's view then offers to undo
 * the change.
 */
export function rememberStepsUndo(cache: Cache, campaignId: number, { undoToken }: StepsChangeResult): void {
  const undo: StepsUndo = { undoToken, endsAt: performance.now() + limits.recallSeconds * 1000 };
  cache.set(getKey(campaignId), undo);
}

/**
 * Returns the undo token of the last change, and the time that is left for the undo. Returns null
 * if there was no change, or if no time is left.
 */
export function findStepsUndo(
  cache: Cache,
  campaignId: number,
): { undoToken: string; leftMs: number } | null {
  const undo = cache.get(getKey(campaignId)) as StepsUndo | undefined;
  if (undo === undefined) return null;
  const leftMs = undo.endsAt - performance.now();
  return leftMs > 0 ? { undoToken: undo.undoToken, leftMs } : null;
}

export function forgetStepsUndo(cache: Cache, campaignId: number): void {
  cache.delete(getKey(campaignId));
}
