import type { BulkAction, BulkActionResult } from "../../../shared/bulk-action.ts";
import { limits } from "../../../shared/limits.ts";
import { type BulkEffect, bulkEffects } from "../../../shared/vocabulary.ts";
import type { PeopleApi, PeopleListQuery } from "../../data/people-api.ts";

export type BulkEffectCounts = Readonly<Record<BulkEffect, number>>;

/** The progress of an action on many people. A failed run continues from this progress. */
export type BulkProgress = { done: number; undoToken: string | null; effects: BulkEffectCounts };

export const initialBulkProgress: BulkProgress = {
  done: 0,
  undoToken: null,
  effects: Object.fromEntries(bulkEffects.map((effect) => [effect, 0])) as Record<BulkEffect, number>,
};

const add = (a: BulkEffectCounts, b: BulkActionResult["effects"]): BulkEffectCounts =>
  Object.fromEntries(bulkEffects.map((effect) => [effect, a[effect] + (b[effect] ?? 0)])) as BulkEffectCounts;

/**
 * Returns the number of people for each effect that an action on these people would have.
 * @param filter the filter that selects exactly these people; null if the agent ticked the people
 * one by one
 */
export async function countBulkEffects(
  api: PeopleApi,
  action: BulkAction,
  ids: readonly number[],
  filter: PeopleListQuery | null,
): Promise<BulkEffectCounts> {
  if (filter !== null && ids.length > limits.recipientsPerAction) {
    const { sort: _sort, ...fields } = filter;
    return add(initialBulkProgress.effects, (await api.preview(action, { filter: fields })).effects);
  }
  let effects = initialBulkProgress.effects;
  for (let start = 0; start < ids.length; start += limits.recipientsPerAction) {
    const part = ids.slice(start, start + limits.recipientsPerAction);
    effects = add(effects, (await api.preview(action, { ids: part })).effects);
  }
  return effects;
}

/** Returns a random token by which an action can be undone even if the Worker's answer is lost. */
export const createUndoToken = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

/**
 * Applies an action to these people with several requests, beginning after the people who are done
 * in `from`. All requests share `token`, so that one undo reverts the whole action. If a request is
 * sent again after a lost answer, nobody is changed twice.
 */
export async function runBulkAction(
  api: PeopleApi,
  action: BulkAction,
  ids: readonly number[],
  from: BulkProgress,
  token: string,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  let progress = from;
  while (progress.done < ids.length) {
    const part = ids.slice(progress.done, progress.done + limits.recipientsPerAction);
    const result = await api.act(action, part, token);
    progress = {
      done: progress.done + part.length,
      undoToken: result.undoToken ?? progress.undoToken,
      effects: add(progress.effects, result.effects),
    };
    onProgress(progress);
  }
  return progress;
}
