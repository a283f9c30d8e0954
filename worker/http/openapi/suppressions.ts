import { suppressionReasons } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on the do-not-email list. */
export const suppressionOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/suppressions",
    summary:
      "Addresses that are never mailed, by address; a page may be short where few have the reason asked for",
    answer: { listOf: "Suppression" },
    query: { ...pageParameters, reason: suppressionReasons, email: null },
  },
  {
    method: "post",
    path: "/api/suppressions",
    summary: "Never mail up to 500 addresses, and stop who is in a sequence with one of them",
    body: "SuppressionsInput",
    answer: "SuppressionsAdded",
  },
  {
    method: "post",
    path: "/api/suppressions/import",
    summary:
      "The same for a CSV list of at most 1 MB with a column email, and reason and note if wanted, or an export of SendGrid or Mailgun; the query's reason holds for rows that name none. A broken line refuses the list; a cell that can be no address is named in the answer (teamLead)",
    csv: "body",
    query: { reason: suppressionReasons },
    answer: "SuppressionsImported",
  },
  {
    method: "get",
    path: "/api/suppressions/export.csv",
    summary: "All of them as CSV (teamLead)",
    csv: "answer",
  },
  {
    method: "delete",
    path: "/api/suppressions",
    summary:
      "Take one back; who it stopped stays stopped. What the person asked for needs teamLead and a note",
    body: "SuppressionRemoval",
    answer: "SuppressionLifted",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/sync-suppressions",
    summary: "Read whom SendGrid or Mailgun no longer sends to into the office's own list (admin)",
    answer: "SuppressionsSynced",
  },
];
