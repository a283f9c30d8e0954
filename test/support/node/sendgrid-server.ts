import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
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
import { findSendgridWebhookResponder } from "./sendgrid-webhooks.ts";
import { listenOnFreePort, type RunningServer } from "./serve.ts";
import { getSendgridSuppressionPage } from "./suppression-lists.ts";

/**
 * The following schemas describe a request of SendGrid's v3 Mail Send, as in SendGrid's OpenAPI
 * description. They have only the fields that a request for one email can use, and refuse unknown
 * fields.
 */
const address = z.strictObject({ email: z.email(), name: z.string().min(1).optional() });
const toggle = z.strictObject({ enable: z.boolean() });
const reserved =
  /^(x-sg-id|x-sg-eid|received|dkim-signature|content-type|content-transfer-encoding|to|from|subject|reply-to|cc|bcc)$/i;
const mail = z.strictObject({
  personalizations: z
    .array(
      z.strictObject({
        to: z.array(address).min(1).max(1000),
        custom_args: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1)
    .max(1000),
  from: address,
  reply_to: address.optional(),
  subject: z.string().min(1),
  content: z
    .array(z.strictObject({ type: z.enum(["text/plain", "text/html"]), value: z.string().min(1) }))
    .min(1)
    .refine((parts) => parts[0]?.type === "text/plain", "text/plain comes first"),
  headers: z
    .record(
      z
        .string()
        .regex(/^[!-9;-~]+$/)
        .refine((name) => !reserved.test(name)),
      z.string(),
    )
    .optional(),
  tracking_settings: z
    .strictObject({
      click_tracking: z.strictObject({ enable: z.boolean(), enable_text: z.boolean().optional() }).optional(),
      open_tracking: toggle.optional(),
      subscription_tracking: toggle.optional(),
      ganalytics: toggle.optional(),
    })
    .optional(),
});

const oneError = (message: string, field: string | null = null) => ({
  errors: [{ message, field, help: null }],
});
const tooMany = oneError("too many requests");

/**
 * The answer to each account, by the name in the account's API key `SG.<name>.fake`. The fake
 * refuses any other key.
 */
const responders: Record<string, Responder> = {
  accept: createResponder(202, "", { "x-message-id": "Qv9kT2mXSzuYw1aBcDeF3g" }),
  "bad-recipient": createResponder(
    400,
    oneError("Does not contain a valid address: ada.owner@example.com", "personalizations.0.to.0.email"),
  ),
  "bad-content": createResponder(400, oneError("The content value must be a string", "content.0.value")),
  forbidden: createResponder(
    403,
    oneError("The from address does not match a verified Sender Identity", "from"),
  ),
  "limited-seconds": createResponder(429, tooMany, { "retry-after": "17" }),
  "limited-date": createResponder(429, tooMany, {
    date: "Thu, 01 Jan 2026 10:00:00 GMT",
    "retry-after": "Thu, 01 Jan 2026 10:01:30 GMT",
  }),
  "limited-reset": createResponder(429, tooMany, {
    date: "Thu, 01 Jan 2026 10:00:00 GMT",
    "x-ratelimit-reset": "1767261642",
  }),
  "limited-negative": createResponder(429, tooMany, { "retry-after": "-5" }),
  "limited-garbage": createResponder(429, tooMany, { "retry-after": "soon", "x-ratelimit-reset": "never" }),
  "limited-long": createResponder(429, tooMany, { "retry-after": "99999999" }),
  "limited-remaining": createResponder(429, tooMany, {
    date: "Thu, 01 Jan 2026 10:00:00 GMT",
    "retry-after": "1e9",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1767261610",
  }),
  "limited-past": createResponder(429, tooMany, { "x-ratelimit-reset": "1000000000" }),
  "limited-silent": createResponder(429, tooMany),
  "echoes-key": createResponder(401, oneError("bad key SG.echoes-key.fake for ada.owner@example.com")),
  sandbox: createResponder(200, ""),
  "not-json": createResponder(502, "<html>Bad Gateway</html>", { "content-type": "text/html" }),
  "bare-500": createResponder(500, ""),
  activity: createResponder(500, ""),
  partial: createResponder(202, ""),
  hang: neverAnswer,
  reset: resetConnection,
  trickle: createEndlessResponder(202),
};

const findCallFault = createCallFaultSource();

export async function startFakeSendgrid(ledger: RequestLedger): Promise<RunningServer> {
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
  const behave = findResponder(request.headers.authorization ?? "");
  const named = readAccountName(request.headers.authorization ?? "");
  const settings = named === "" ? null : findSendgridWebhookResponder(request, body.toString("utf8"), named);
  if (settings !== null) return settings(request, response);
  const listed = getSendgridSuppressionPage(request.url ?? "");
  if (request.method === "GET" && named === "accept" && listed !== null)
    return createResponder(200, listed)(request, response);
  if (behave === null) {
    const message = "The provided authorization grant is invalid, expired, or revoked";
    return createResponder(401, oneError(message))(request, response);
  }
  if (request.method === "GET") {
    return answerAccount(request.url ?? "", readAccountName(request.headers.authorization ?? ""))(
      request,
      response,
    );
  }
  if (request.method !== "POST" || request.url !== "/v3/mail/send")
    return createResponder(404, oneError("not found"))(request, response);
  if (request.headers["content-type"] !== "application/json")
    return createResponder(415, oneError("JSON only"))(request, response);
  const parsed = mail.safeParse(parse(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return createResponder(400, oneError(issue?.message ?? "", issue?.path.join(".") ?? null))(
      request,
      response,
    );
  }
  const callFault = findCallFault(named);
  const answer = callFault === null ? behave : createResponder(callFault.status, oneError("as asked for"));
  if (callFault?.isTaken === false) return answer(request, response);
  const reference = parsed.data.personalizations[0]?.custom_args?.dk_message ?? "none";
  acceptedReferences.add(reference);
  ledger.record("sendgrid", reference, { headers: request.headers, body: parsed.data });
  return answer(request, response);
}

/**
 * Doorknock's references (`dk_message`) of the messages that the fake has accepted. The fake also
 * notes a message if the client got no answer.
 */
const acceptedReferences = new Set<string>();

/**
 * Returns the answer to a GET request about the account. Only the account `activity` has access to
 * the activity feed, which SendGrid sells separately.
 */
function answerAccount(path: string, name: string): Responder {
  const url = new URL(path, "http://sendgrid.test");
  const denied = createResponder(403, oneError("access forbidden"));
  switch (url.pathname) {
    case "/v3/whitelabel/domains":
      return name === "forbidden" ? denied : createResponder(200, domains);
    case "/v3/verified_senders":
      return name === "forbidden" || name === "partial"
        ? denied
        : createResponder(200, { results: verifiedSenders });
    case "/v3/messages": {
      const reference = /^unique_args\["dk_message"\]="(\d+-\d+)"$/.exec(
        url.searchParams.get("query") ?? "",
      )?.[1];
      if (reference === undefined) return createResponder(400, oneError("invalid query"));
      const found = acceptedReferences.has(reference)
        ? [{ msg_id: "not-ours.1" }, { msg_id: `m.${reference}` }]
        : [];
      return name === "activity" ? createResponder(200, { messages: found }) : denied;
    }
    default: {
      const id = /^\/v3\/messages\/(.+)$/.exec(url.pathname)?.[1] ?? "";
      const args = { dk_message: id.replace(/^m\./, "") };
      return createResponder(200, { msg_id: id, unique_args: JSON.stringify(args), events: [] });
    }
  }
}

const domains = [
  { id: 1, domain: "Agency.example", subdomain: "em1", valid: true },
  { id: 2, domain: "pending.example", subdomain: "em2", valid: false },
];
const verifiedSenders = [
  { id: 1, from_email: "Jo@single.example", verified: true },
  { id: 2, from_email: "new@single.example", verified: false },
];

function readAccountName(authorization: string): string {
  return /^Bearer SG\.([\w-]+)\.fake$/.exec(authorization)?.[1] ?? "";
}

function findResponder(authorization: string): Responder | null {
  const name = readAccountName(authorization);
  if (/^(?:tenth|down)-\d{3}$/.test(name)) return responders.accept ?? null;
  const status = /^status-(\d{3})$/.exec(name)?.[1];
  return status === undefined
    ? (responders[name] ?? null)
    : createResponder(Number(status), oneError("as asked for"));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
