import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  createEndlessResponder,
  createResponder,
  neverAnswer,
  type Responder,
  readRequestBody,
  resetConnection,
} from "./answers.ts";
import { createCallFaultSource } from "./faulty-calls.ts";
import type { RequestLedger } from "./ledger.ts";
import { findMailgunWebhookResponder } from "./mailgun-webhooks.ts";
import { listenOnFreePort, type RunningServer } from "./serve.ts";
import { getMailgunSuppressionPage } from "./suppression-lists.ts";

const domain = "mg.agency.example";
const plainFields = new Set(["from", "to", "subject", "text", "html"]);
const switches = new Set(["o:tracking", "o:tracking-clicks", "o:tracking-opens"]);
/**
 * Matches one mailbox: an address alone, or a quoted name and an address in angle brackets (RFC
 * 5322 §3.4).
 */
const mailbox = /^(?:"(?:[^"\\]|\\.)+" <([^\s<>,@]+@[^\s<>,@]+)>|[^\s<>,@]+@[^\s<>,@]+)$/;

const message = (text: string) => ({ message: text });

/**
 * The answer to each account, by the name in the account's API key `key-<name>`. The fake refuses
 * any other key.
 */
const responders: Record<string, Responder> = {
  "bad-recipient": createResponder(
    400,
    message("to parameter is not a valid address. please check documentation"),
  ),
  "bad-content": createResponder(
    400,
    message("Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified"),
  ),
  "bad-domain": createResponder(
    400,
    message(`Domain ${domain} is not allowed to send: the domain is unverified`),
  ),
  "no-reason": (_request, response) => {
    response.statusMessage = " ";
    response
      .writeHead(400, { "content-type": "application/json" })
      .end('{"message":"from parameter is missing"}');
  },
  limited: createResponder(
    429,
    message(`Domain ${domain} request limit exceeded, try again after Mon, 20 Dec 2021 20:33:21 UTC`),
  ),
  "limited-garbage": createResponder(429, message("Domain request limit exceeded, try again after lunch")),
  "limited-long": createResponder(
    429,
    message("limit exceeded, try again after Mon, 20 Dec 2027 20:33:21 UTC"),
  ),
  "limited-silent": createResponder(429, message("Too many requests")),
  "echoes-key": createResponder(401, message("Forbidden key-echoes-key for ada.owner@example.com")),
  page: createResponder(200, "<html>Welcome</html>", { "content-type": "text/html" }),
  "not-json": createResponder(502, "<html>Bad Gateway</html>", { "content-type": "text/html" }),
  unverified: createResponder(
    400,
    message(`Domain ${domain} is not allowed to send: the domain is unverified`),
  ),
  disabled: createResponder(400, message(`Domain ${domain} is disabled`)),
  "events-hang": neverAnswer,
  "events-page": neverAnswer,
  lost: createResponder(500, ""),
  "bare-500": createResponder(500, ""),
  hang: neverAnswer,
  reset: resetConnection,
  trickle: createEndlessResponder(200),
};

/**
 * Doorknock's references of the messages that the fake has accepted, by Message-Id without angle
 * brackets. The fake also notes a message if the client got no answer.
 */
const acceptedMessages = new Map<string, string>();
const findCallFault = createCallFaultSource();
const isFaultyName = (name: string) => /^(?:tenth|down)-\d{3}$/.test(name);
const neverAccepted = /^(?:status-.*|bad-.*|no-reason|limited.*|echoes-key|unverified|disabled|lost)$/;

export async function startFakeMailgun(ledger: RequestLedger): Promise<RunningServer> {
  const server = createServer((request, response) => {
    // `handle` fails if the client closes the connection in the middle of its request. The client
    // then gets no answer.
    handle(request, response, ledger).catch(() => response.destroy());
  });
  return await listenOnFreePort(server);
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  ledger: RequestLedger,
): Promise<void> {
  const body = await readRequestBody(request);
  const key = /^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const name = /^api:key-([\w-]+)$/.exec(Buffer.from(key, "base64").toString())?.[1] ?? "";
  const url = new URL(request.url ?? "", "http://mailgun.test");
  const status = /^status-(\d{3})$/.exec(name)?.[1];
  if (
    name !== "accept" &&
    !name.startsWith("webhooks") &&
    !isFaultyName(name) &&
    status === undefined &&
    responders[name] === undefined
  ) {
    return createResponder(401, "Forbidden", { "content-type": "text/plain" })(request, response);
  }
  if (request.method === "GET" && name === "events-hang") return neverAnswer(request, response);
  if (request.method === "GET" && name === "events-page")
    return createResponder(200, "<html>Welcome</html>", { "content-type": "text/html" })(request, response);
  const webhooks = url.pathname.startsWith(`/v3/domains/${domain}/`)
    ? await findMailgunWebhookResponder(
        request,
        url.pathname.slice(`/v3/domains/${domain}`.length),
        body,
        name,
      )
    : null;
  if (webhooks !== null) return webhooks(request, response);
  if (request.method === "GET" && url.pathname === `/v4/domains/${domain}`)
    return createResponder(200, describeDomain(name))(request, response);
  if (!url.pathname.startsWith(`/v3/${domain}/`))
    return createResponder(404, message("Domain not found"))(request, response);
  const listed = getMailgunSuppressionPage(url.pathname.slice(`/v3/${domain}/`.length), url.searchParams);
  if (request.method === "GET" && name === "accept" && listed !== null)
    return createResponder(200, listed)(request, response);
  if (request.method === "GET") return createResponder(200, answerEvents(url))(request, response);
  const fields = await readFormFields(request, body);
  const fault = findFault(fields);
  if (fault !== null) return createResponder(400, message(fault))(request, response);
  const callFault = findCallFault(name);
  if (callFault !== null && !callFault.isTaken)
    return createResponder(callFault.status, message("as asked for"))(request, response);
  ledger.record("mailgun", fields?.["v:dk_message"] ?? "none", { headers: request.headers, fields });
  if (!neverAccepted.test(name))
    acceptedMessages.set(fields?.["h:Message-Id"]?.slice(1, -1) ?? "", fields?.["v:dk_message"] ?? "");
  if (callFault !== null)
    return createResponder(callFault.status, message("as asked for"))(request, response);
  if (status !== undefined)
    return createResponder(Number(status), message("as asked for"))(request, response);
  const accepted = createResponder(200, { id: fields?.["h:Message-Id"], message: "Queued. Thank you." });
  return (responders[name] ?? accepted)(request, response);
}

async function readFormFields(
  request: IncomingMessage,
  body: Buffer<ArrayBuffer>,
): Promise<Record<string, string> | null> {
  const contentType = request.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data")) return null;
  const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return null;
  return Object.fromEntries(names.map((name) => [name, String(form.get(name))]));
}

/**
 * Returns the first fault of a message; null if there is none. An unknown field is also a fault,
 * because the product should never send an unknown field. Mailgun itself ignores unknown fields.
 */
function findFault(fields: Record<string, string> | null): string | null {
  if (fields === null) return "multipart/form-data with each field once is expected";
  for (const required of plainFields) {
    if (fields[required] === undefined) return `${required} parameter is missing`;
  }
  for (const field of ["from", "to"]) {
    if (!mailbox.test(fields[field] ?? ""))
      return `${field} parameter is not a valid address. please check documentation`;
  }
  for (const [name, value] of Object.entries(fields)) {
    if (switches.has(name) && !/^(?:yes|no|true|false)$/.test(value)) return `${name} must be yes or no`;
    const isKnown =
      plainFields.has(name) || switches.has(name) || /^(?:h:[A-Za-z0-9-]+|v:[\w-]+)$/.test(name);
    if (!isKnown) return `unknown parameter ${name}`;
    if (name.startsWith("h:") && /[\r\n]/.test(value)) return `${name} has a line break`;
  }
  return null;
}

/**
 * Returns the service's description of the account's domain. The name in the account's API key
 * decides the state of the domain.
 */
function describeDomain(name: string): unknown {
  const state = name === "unverified" ? "unverified" : "active";
  return {
    domain: { name: domain, state, is_disabled: name === "disabled", type: "custom" },
    sending_dns_records: [],
  };
}

/** Returns an answer of the Events API, which knows the accepted messages and one fixed message. */
function answerEvents(url: URL): unknown {
  const messageId = url.searchParams.get("message-id") ?? "";
  const reference = messageId === "known@agency.example" ? "41-2" : acceptedMessages.get(messageId);
  const isKnown = url.pathname.endsWith("/events") && reference !== undefined;
  const event = {
    id: "Xk2mvb3pRzqkq9yq0AaBbQ",
    event: "delivered",
    timestamp: 1767261600.25,
    recipient: "ada.owner@example.com",
    message: { headers: { "message-id": messageId } },
    "user-variables": { dk_message: reference },
  };
  const page = `${url.origin}${url.pathname}/page`;
  return { items: isKnown ? [event] : [], paging: { next: page, previous: page, first: page, last: page } };
}
