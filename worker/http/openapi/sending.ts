import { type Operation, pageParameters } from "./operation.ts";

/** The operations on senders and provider accounts. */
export const sendingOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/senders",
    summary: "List senders, oldest first, with their pace and today's use of it",
    answer: { listOf: "Sender" },
    query: pageParameters,
  },
  {
    method: "post",
    path: "/api/senders",
    summary: "Add a sender (admin)",
    body: "SenderInput",
    answer: "Sender",
    status: 201,
  },
  {
    method: "patch",
    path: "/api/senders/{id}",
    summary: "Update a sender, its pace or its pause (admin). Queued emails follow the change",
    body: "SenderPatch",
    answer: "Sender",
  },
  {
    method: "get",
    path: "/api/provider-accounts",
    summary:
      "List the office's email service accounts in the order they are tried (admin). Credentials are never returned",
    answer: { listOf: "ProviderAccount" },
  },
  {
    method: "post",
    path: "/api/provider-accounts",
    summary: "Add an email service account (admin). Its allowed From domains are looked up right away",
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
    summary: "Check again which From domains the account may send for (admin)",
    answer: "ProviderAccount",
  },
  {
    method: "post",
    path: "/api/provider-accounts/{id}/webhooks",
    summary: "Register our webhook with the email service, next to any existing ones (admin). Safe to repeat",
    answer: "ProviderWebhooks",
  },
];
