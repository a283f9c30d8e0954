import { Webhook } from "standardwebhooks";
import { vi } from "vitest";
import { hostEvent, hostEventData } from "../../../shared/host-event.ts";
import type { ApiAnswer } from "./api.ts";
import { signToken } from "./api.ts";
import type { App } from "./app.ts";
import { bindings } from "./world.ts";

export type ReceivedEvent = { id: string; type: string; sequence: number; data: Record<string, unknown> };
export type Receiver = {
  /** The secrets with which the receiver checks signatures. */
  secrets: string[];
  /** The events that the receiver has taken, in the order of arrival. */
  accepted: ReceivedEvent[];
  refusedSignatures: number;
  calls: number;
  /** The addresses that the DNS has for the receiver's name. */
  dns: { A: string[]; AAAA: string[] };
  behave: (event: ReceivedEvent) => Response | Promise<Response>;
};
export const hookUrl = "https://hooks.crm.example/doorknock";

/**
 * Returns a receiver at `hookUrl`. Every post is checked with the library of Standard Webhooks and
 * with the catalogue. `behave` decides what the receiver answers, by default 204.
 */
export function openReceiver(): Receiver {
  const receiver: Receiver = {
    secrets: [],
    accepted: [],
    refusedSignatures: 0,
    calls: 0,
    dns: { A: ["198.41.128.7"], AAAA: [] },
    behave: () => new Response(null, { status: 204 }),
  };
  const read = async (request: Request): Promise<ReceivedEvent | null> => {
    const body = await request.text();
    const headers = Object.fromEntries(request.headers);
    const isGenuine = receiver.secrets.some((secret) => {
      try {
        new Webhook(secret).verify(body, headers);
        return true;
      } catch {
        return false;
      }
    });
    if (!isGenuine) return null;
    const event = hostEvent.parse(JSON.parse(body));
    const data = hostEventData[event.type].strict().parse(event.data);
    return { id: headers["webhook-id"] ?? "", type: event.type, sequence: event.sequence ?? 0, data };
  };
  const receive = async (request: Request): Promise<Response> => {
    receiver.calls += 1;
    const event = await read(request);
    if (event === null) {
      receiver.refusedSignatures += 1;
      return new Response(null, { status: 401 });
    }
    const answer = await receiver.behave(event);
    if (answer.ok) receiver.accepted.push(event);
    return answer;
  };
  const answerDns = (url: URL): Response => {
    const type = url.searchParams.get("type") === "AAAA" ? "AAAA" : "A";
    const records = receiver.dns[type].map((data) => ({ type: type === "A" ? 1 : 28, data }));
    return Response.json({ Status: 0, Answer: records });
  };
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.hostname === "cloudflare-dns.com") return answerDns(url);
    if (request.url === hookUrl) {
      const late = new Promise<never>((_, reject) => {
        const refuse = () => reject(new DOMException("late", "TimeoutError"));
        request.signal.addEventListener("abort", refuse);
      });
      return await Promise.race([receive(request), late]);
    }
    return await real(input, init);
  });
  return receiver;
}

export const callAsAdmin = async (
  app: App,
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiAnswer> => {
  const token = await signToken({ role: "admin", at: app.api.now() });
  return await app.api.call(method, path, { body, token });
};

/** Adds a webhook at `hookUrl` and gives its secret to the receiver. */
export async function addWebhook(app: App, receiver: Receiver, input: object = {}): Promise<number> {
  const answer = await callAsAdmin(app, "POST", "/api/host-webhooks", { url: hookUrl, ...input });
  if (answer.status !== 201) throw new Error(`no webhook: ${answer.text}`);
  receiver.secrets.push(answer.json.secret);
  return answer.json.id;
}

/** Returns the numbers of the events that the Worker has stored for webhooks. */
export async function listStoredSequences(): Promise<number[]> {
  const { results } = await bindings.DB.prepare("SELECT sequence FROM host_events ORDER BY sequence").all<{
    sequence: number;
  }>();
  return results.map(({ sequence }) => sequence);
}
