import { type Operation, pageParameters } from "./operation.ts";

/** The operations on senders and provider accounts. */
export const sendingOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/senders",
    summary: "From-identities, oldest first, with their pace and where it stands",
    answer: { listOf: "Sender" },
    query: pageParameters,
  },
  {
    method: "post",
    path: "/api/senders",
    summary: "Add a from-identity (admin)",
    body: "SenderInput",
    answer: "Sender",
    status: 201,
  },
  {
    method: "patch",
    path: "/api/senders/{id}",
    summary: "Change a from-identity, its pace or its pause (admin); what is queued is held to it too",
    body: "SenderPatch",
    answer: "Sender",
  },
  {
    method: "get",
    path: "/api/provider-accounts",
    summary:
      "The tenant's accounts at mail services, in the order they are tried (admin); credentials never come out",
    answer: { listOf: "ProviderAccount" },
  },
  {
    method: "post",
    path: "/api/provider-accounts",
    summary:
      "Add an account at a mail service (admin); it is asked at once which From domains it may send for",
    body: "ProviderAccountInput",
    answer: "ProviderAccount",
    status: 201,
  },
  {
    method: "patch",
    path: "/api/provider-accounts/{id}",
    summary: "Rename, reorder, pause, resume or re-key an account (admin)",
    body: "ProviderAccountPatch",
    answer: "ProviderAccount",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/check",
    summary: "Ask the service again which From domains the account may send for (admin)",
    answer: "ProviderAccount",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/webhooks",
    summary:
      "Register our webhook at the account's service, beside what is there; doing it twice is doing it once (admin)",
    answer: "ProviderWebhooks",
  },
];
