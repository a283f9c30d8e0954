import type {
  BulkAction,
  BulkActionResult,
  BulkUndoResult,
  RecipientSelection,
} from "../../shared/bulk-action.ts";
import type { RecipientFilterInput, RecipientList } from "../../shared/recipient-list.ts";
import type { RecipientSort } from "../../shared/vocabulary.ts";
import type { ApiClient } from "./api.ts";

export type PeopleFilter = RecipientFilterInput & { sort: RecipientSort };

/** Returns one function per request about the list of a campaign's recipients. */
export const createPeopleApi = ({ request }: Pick<ApiClient, "request">, campaignId: number) => {
  const path = `/campaigns/${campaignId}/recipients`;
  return {
    /** Returns the first page of the matching people, and an overview of all matching people. */
    find: (filter: PeopleFilter, signal?: AbortSignal) =>
      request<RecipientList>(path, { query: { ...toQuery(filter), overview: "true" }, signal }),
    read: (ids: readonly number[], signal?: AbortSignal) =>
      request<RecipientList>(path, { query: { ids: ids.join() }, signal }),
    export: (filter: PeopleFilter) =>
      request<Blob>(`/campaigns/${campaignId}/export.csv`, { query: toQuery(filter), isFile: true }),
    preview: (action: BulkAction, selection: RecipientSelection) =>
      request<BulkActionResult>(`${path}/actions`, {
        method: "POST",
        body: { action, selection, preview: true },
      }),
    act: (action: BulkAction, ids: readonly number[], undoToken: string | null) =>
      request<BulkActionResult>(`${path}/actions`, {
        method: "POST",
        body: { action, selection: { ids }, ...(undoToken !== null && { undoToken }) },
      }),
    undo: (undoToken: string) =>
      request<BulkUndoResult>(`${path}/actions/undo`, { method: "POST", body: { undoToken } }),
  };
};
export type PeopleApi = ReturnType<typeof createPeopleApi>;

const toQuery = (filter: PeopleFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).filter(
      (field): field is [string, string] => field[1] !== undefined && field[1] !== "",
    ),
  );
