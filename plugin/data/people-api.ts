import type {
  BulkAction,
  BulkActionResult,
  BulkUndoResult,
  MissingValueCounts,
  RecipientSelection,
} from "../../shared/bulk-action.ts";
import type { RecipientInput, RecipientsAddedResult } from "../../shared/recipient.ts";
import type { RecipientsCheck } from "../../shared/recipient-check.ts";
import type { RecipientFilterInput, RecipientList } from "../../shared/recipient-list.ts";
import type { RecipientSort } from "../../shared/vocabulary.ts";
import type { JsonRecord } from "../host/mapping.ts";
import type { ApiClient } from "./api.ts";

export type PeopleListQuery = RecipientFilterInput & { sort: RecipientSort };

/**
 * The facts about all people of one request to add people: the agent's statement that their homes
 * are not listed, and the record of the campaign's property.
 */
export type AddedPeopleFacts = { statement: string | null; property: JsonRecord };

/** Returns one function per request about the list of a campaign's recipients. */
export const createPeopleApi = ({ request }: Pick<ApiClient, "request">, campaignId: number) => {
  const path = `/campaigns/${campaignId}/recipients`;
  return {
    /** Returns the first page of the matching people, and an overview of all matching people. */
    find: (filter: PeopleListQuery, signal?: AbortSignal) =>
      request<RecipientList>(path, { query: { ...toQuery(filter), overview: "true" }, signal }),
    read: (ids: readonly number[], signal?: AbortSignal) =>
      request<RecipientList>(path, { query: { ids: ids.join() }, signal }),
    /** Returns the effect of adding each of these people, without adding anybody. */
    check: (people: readonly RecipientInput[], terms: AddedPeopleFacts, signal?: AbortSignal) =>
      request<RecipientsCheck>(`${path}/check`, {
        method: "POST",
        body: { recipients: people, ...toFields(terms) },
        signal,
      }),
    add: (people: readonly RecipientInput[], terms: AddedPeopleFacts) =>
      request<RecipientsAddedResult>(path, {
        method: "POST",
        body: { recipients: people, ...toFields(terms) },
      }),
    export: (filter: PeopleListQuery) =>
      request<Blob>(`/campaigns/${campaignId}/export.csv`, { query: toQuery(filter), isFile: true }),
    preview: (action: BulkAction, selection: RecipientSelection) =>
      request<BulkActionResult>(`${path}/actions`, {
        method: "POST",
        body: { action, selection, preview: true },
      }),
    act: (action: BulkAction, ids: readonly number[], undoToken: string) =>
      request<BulkActionResult>(`${path}/actions`, {
        method: "POST",
        body: { action, selection: { ids }, undoToken },
      }),
    /** Lists the values that the emails of these people lack, each with the people who lack it. */
    missingValues: (ids: readonly number[], signal?: AbortSignal) =>
      request<MissingValueCounts>(`${path}/missing-values`, { method: "POST", body: { ids }, signal }),
    undo: (undoToken: string) =>
      request<BulkUndoResult>(`${path}/actions/undo`, { method: "POST", body: { undoToken } }),
  };
};
export type PeopleApi = ReturnType<typeof createPeopleApi>;

const toFields = ({ statement, property }: AddedPeopleFacts) => ({
  ...(statement === null ? {} : { listingStatement: statement }),
  property,
});

const toQuery = (filter: PeopleListQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).filter(
      (field): field is [string, string] => field[1] !== undefined && field[1] !== "",
    ),
  );
