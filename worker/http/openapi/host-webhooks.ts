import { type Operation, pageParameters } from "./operation.ts";

/** The operations on the host's webhooks. */
export const hostWebhookOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/host-webhooks",
    summary: "List the webhooks to which the office's events are posted (admin)",
    answer: { listOf: "HostWebhook" },
  },
  {
    method: "post",
    path: "/api/host-webhooks",
    summary: "Add a webhook; only this answer and a rotation show the secret (admin)",
    body: "HostWebhookInput",
    answer: "HostWebhookWithSecret",
    status: 201,
  },
  {
    method: "get",
    path: "/api/host-webhooks/{id}",
    summary: "Get a webhook with its latest rounds of calls (admin)",
    answer: "HostWebhook",
  },
  {
    method: "patch",
    path: "/api/host-webhooks/{id}",
    summary: "Change, disable or enable a webhook (admin)",
    body: "HostWebhookPatch",
    answer: "HostWebhook",
  },
  { method: "delete", path: "/api/host-webhooks/{id}", summary: "Delete a webhook (admin)" },
  {
    method: "post",
    path: "/api/host-webhooks/{id}/secret",
    summary: "Give a webhook a new secret; the old one signs too for some hours (admin)",
    body: "HostWebhookSecretInput",
    answer: "HostWebhookWithSecret",
  },
  {
    method: "post",
    path: "/api/host-webhooks/{id}/test",
    summary: "Post a test event to a webhook now (admin)",
    answer: "HostWebhookTest",
  },
  {
    method: "get",
    path: "/api/host-webhooks/{id}/deliveries",
    summary: "List the stored events with their state at a webhook, newest first (admin)",
    query: pageParameters,
    answer: { listOf: "HostDelivery" },
  },
  {
    method: "post",
    path: "/api/host-webhooks/{id}/deliveries/{sequence}/redeliver",
    summary: "Deliver one stored event again (admin)",
  },
  {
    method: "post",
    path: "/api/host-webhooks/{id}/redeliver",
    summary: "Deliver every stored event from a number on again (admin)",
    body: "HostRedeliveryInput",
    answer: "HostWebhook",
  },
];
