import type { IncomingMessage, ServerResponse } from "node:http";

/** A function with which a fake service answers a valid request. */
export type Responder = (request: IncomingMessage, response: ServerResponse) => void;

export function createResponder(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Responder {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** Sends no answer. The connection stays open until the client gives up. */
export const neverAnswer: Responder = () => undefined;

/** Resets the connection after reading the whole request. */
export const resetConnection: Responder = (request) => {
  request.socket.resetAndDestroy();
};

/** Returns a function that starts an answer whose body never ends. */
export function createEndlessResponder(status: number): Responder {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.write(" ");
  };
}

export async function readRequestBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
