import { joinBytes } from "./bytes.ts";
import { parseJson } from "./payload.ts";

/**
 * The largest answer that is read. A service's management API gives far smaller answers, so a
 * longer answer came from another server.
 */
const maxAnswerBytes = 500_000;

/**
 * `status` is null if no answer came in time, the connection was lost or the answer was too long.
 * `body` is undefined if the answer is not JSON.
 */
export type ServiceAnswer = { status: number | null; body: unknown };
export type ServiceCaller = (method: string, path: string, body?: BodyInit) => Promise<ServiceAnswer>;

/**
 * Returns a function that calls one service's management API. The function may be called several
 * times; all its calls together must end within `timeoutMs`. The function follows no redirect,
 * because a redirect could carry the credentials to another server. Never throws.
 * @param headers sent with every call, including the credentials
 */
export function createServiceCaller(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): ServiceCaller {
  const signal = AbortSignal.timeout(timeoutMs);
  return async (method, path, body) => {
    try {
      const isText = typeof body === "string";
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { ...headers, ...(isText ? { "content-type": "application/json" } : {}) },
        ...(body === undefined ? {} : { body }),
        redirect: "manual",
        signal,
      });
      return { status: response.status, body: parseJson(await readAnswer(response)) };
    } catch {
      // The call timed out, lost its connection, or got an answer that is too long. The caller may
      // try again.
      return { status: null, body: undefined };
    }
  };
}

async function readAnswer(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as ReadableStream<Uint8Array<ArrayBuffer>>) {
      size += chunk.length;
      if (size > maxAnswerBytes) throw new RangeError("the answer is too long");
      chunks.push(chunk);
    }
  }
  return joinBytes(...chunks);
}

/** `refused`: the same request would get the same answer. */
export type ServiceFailure = { kind: "refused" | "unavailable"; detail: string };

export function classifyServiceFailure({ status }: ServiceAnswer): ServiceFailure {
  if (status === null) return { kind: "unavailable", detail: "no answer" };
  const isDefinite = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return { kind: isDefinite ? "refused" : "unavailable", detail: `HTTP ${status}` };
}
