import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./generated/paths.ts";

export type { components, paths, webhooks } from "./generated/paths.ts";

/** A schema of the API by its name in the OpenAPI document, such as `Schema<"Campaign">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export type DoorknockApi = Client<paths>;

export type ApiOptions = {
  /** The origin of the API, such as `https://doorknock.example.com`. */
  api: string;
  /** Called before each request. `signToken` makes a token on a server. */
  getToken: () => string | Promise<string>;
  fetch?: typeof globalThis.fetch;
  /** After so many milliseconds a request fails. Default: 30 seconds. */
  timeoutMs?: number;
};

/**
 * Creates a client of the API whose paths, parameters, bodies and answers are typed. A method
 * returns `data` or `error`, and throws only if there is no answer.
 * @example
 * const { data, error } = await api.GET("/api/campaigns", { params: { query: { status: "active" } }
 * });
 */
export function createDoorknockApi({ api, getToken, fetch, timeoutMs = 30_000 }: ApiOptions): DoorknockApi {
  const client = createClient<paths>({ baseUrl: api, ...(fetch === undefined ? {} : { fetch }) });
  client.use({
    onRequest: async ({ request }) => {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      const authorized = new Request(request, { signal });
      authorized.headers.set("authorization", `Bearer ${await getToken()}`);
      return authorized;
    },
  });
  return client;
}
