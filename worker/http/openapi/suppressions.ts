import { suppressionReasons } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on the do-not-email list. */
export const suppressionOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/suppressions",
    summary: "List the addresses that are never emailed. A page may be short if few match the reason",
    answer: { listOf: "Suppression" },
    query: { ...pageParameters, reason: suppressionReasons, email: null },
  },
  {
    method: "post",
    path: "/api/suppressions",
    summary: "Block up to 500 addresses, and stop every recipient who has one of them",
    body: "SuppressionsInput",
    answer: "SuppressionsAdded",
  },
  {
    method: "post",
    path: "/api/suppressions/import",
    summary:
      "Import blocked addresses as CSV up to 1 MB (teamLead): a column email, optional reason and note, or a SendGrid or Mailgun export. Rows without a reason get the one in the query. A broken line rejects the whole list. Cells that are not addresses are named in the response",
    csv: "body",
    query: { reason: suppressionReasons },
    answer: "SuppressionsImported",
  },
  {
    method: "get",
    path: "/api/suppressions/export.csv",
    summary: "Export all blocked addresses as CSV (teamLead)",
    csv: "answer",
  },
  {
    method: "delete",
    path: "/api/suppressions",
    summary:
      "Unblock an address. People it stopped stay stopped. Undoing a person's own request needs teamLead and a note",
    body: "SuppressionRemoval",
    answer: "SuppressionLifted",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/sync-suppressions",
    summary: "Import the addresses SendGrid or Mailgun no longer sends to (admin)",
    answer: "SuppressionsSynced",
  },
];
