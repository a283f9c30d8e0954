import type { Operation } from "./operation.ts";

/** The operations on the keys with which the host signs tokens. */
export const signingKeyOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/signing-keys",
    summary: "List the keys with which the host may sign tokens (admin)",
    answer: { listOf: "SigningKey" },
  },
  {
    method: "post",
    path: "/api/signing-keys",
    summary: "Add a signing key; only this answer shows the secret (admin)",
    body: "SigningKeyInput",
    answer: "SigningKeyWithSecret",
    status: 201,
  },
  {
    method: "delete",
    path: "/api/signing-keys/{kid}",
    summary: "Delete a signing key; no token of the key is valid from now on (admin)",
  },
];
