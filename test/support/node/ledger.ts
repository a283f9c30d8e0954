import { createServer } from "node:http";
import { listenOnFreePort, type RunningServer } from "./serve.ts";

/**
 * A record of the requests that the fake services have received. Tests in the Worker's runtime read
 * the record over HTTP.
 */
export type RequestLedger = { record(service: string, key: string, entry: unknown): void };

export async function startRequestLedger(): Promise<RunningServer & RequestLedger> {
  const entries = new Map<string, unknown[]>();
  const server = createServer((request, response) => {
    const found = entries.get(decodeURIComponent(request.url ?? "")) ?? [];
    // Without this header, a test's next request could use an idle connection that the server is
    // closing.
    response.setHeader("connection", "close");
    response.setHeader("content-type", "application/json").end(JSON.stringify(found));
  });
  return {
    ...(await listenOnFreePort(server)),
    record(service, key, entry) {
      const place = `/${service}/${key}`;
      entries.set(place, [...(entries.get(place) ?? []), entry]);
    },
  };
}
