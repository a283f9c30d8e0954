import { joinBytes } from "./bytes.ts";
import { parseJson } from "./payload.ts";

/** Far more than any answer to these calls; what is longer came from something else in the service's place. */
const maxAnswerBytes = 500_000;

/** `status`: null where no answer came in time. `body`: undefined where it is no JSON. */
export type ServiceAnswer = { status: number | null; body: unknown };
export type ServiceCall = (method: string, path: string, body?: BodyInit) => Promise<ServiceAnswer>;

/**
 * Calls to one service's management API, all of them together within `timeoutMs`. Redirects are not followed: they would
 * take the key along. Never throws.
 * @param headers sent with every call, the credentials among them
 */
export function createServiceCall(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): ServiceCall {
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
      // A timeout, a lost connection, an answer too long: whoever called asks again.
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

/** refused: asking again would be answered the same. */
export type ServiceFailure = { kind: "refused" | "unavailable"; detail: string };

export function failureOf({ status }: ServiceAnswer): ServiceFailure {
  if (status === null) return { kind: "unavailable", detail: "no answer" };
  const isDefinite = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return { kind: isDefinite ? "refused" : "unavailable", detail: `HTTP ${status}` };
}
