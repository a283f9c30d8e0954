import { deadlinePassed, withDeadline } from "../deadline.ts";
import { redactSecrets } from "../detail.ts";
import { clampWaitMs, classifyHttpFailure } from "../http-failure.ts";
import { isObject, readText } from "../payload.ts";
import type {
  OutgoingEmail,
  Provider,
  ProviderEndpoints,
  SendOutcome,
  UnsealedAccount,
} from "../provider.ts";
import { formatReference, referenceFieldName } from "../reference.ts";
import { createMailgunClient, getMailgunMessageStatus, listMailgunIdentities } from "./account.ts";
import { normalizeMailgunEvents } from "./events.ts";
import { verifyMailgunSignature } from "./signature.ts";
import { listMailgunSuppressions } from "./suppressions.ts";
import { registerMailgunWebhooks } from "./webhooks.ts";

/** Headers that have their own API field, or that Mailgun writes. */
const reservedHeaders = new Set([
  ...["from", "to", "cc", "bcc", "subject", "message-id", "content-type", "content-transfer-encoding"],
  ...["received", "dkim-signature", "mime-version"],
]);

/**
 * Creates a provider that uses Mailgun's Messages API through its own library.
 * @param wallClock returns the real time in milliseconds UTC, even if the demo has moved our clock,
 *   because Mailgun names instants by the real time
 * @see https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
 */
export function createMailgunProvider(
  endpoints: ProviderEndpoints["mailgun"],
  wallClock: () => number,
): Provider {
  return {
    name: "mailgun",
    send: (email, account, timeoutMs) => send(email, account, timeoutMs, endpoints, wallClock),
    verify: verifyMailgunSignature,
    normalize: normalizeMailgunEvents,
    getStatus: (query, account, timeoutMs) =>
      getMailgunMessageStatus(query, account, timeoutMs, endpoints, wallClock()),
    listIdentities: (account, timeoutMs) => listMailgunIdentities(account, timeoutMs, endpoints),
    listSuppressions: async ({ credentials }, timeoutMs) =>
      credentials.provider === "mailgun"
        ? await listMailgunSuppressions(credentials, endpoints, timeoutMs)
        : { kind: "unsupported" },
    registerWebhooks: (url, account, timeoutMs) =>
      registerMailgunWebhooks(url, account, timeoutMs, endpoints),
  };
}

async function send(
  email: OutgoingEmail,
  account: UnsealedAccount,
  timeoutMs: number,
  endpoints: ProviderEndpoints["mailgun"],
  wallClock: () => number,
): Promise<SendOutcome> {
  const { credentials } = account;
  if (credentials.provider !== "mailgun") {
    return { kind: "refused", fault: "channel", status: null, detail: "the account is not a Mailgun one" };
  }
  try {
    const client = createMailgunClient(credentials, endpoints, timeoutMs);
    const answer = await withDeadline(
      client.messages.create(encodeURIComponent(credentials.domain), buildMailgunMessage(email)),
      timeoutMs,
    );
    if (answer === deadlinePassed) return { kind: "unknown", detail: "no answer in time" };
    const id = isObject(answer) ? readText(answer, "id") : null;
    // An answer without a queue id came from somewhere else, such as a redirect's target, and
    // proves nothing.
    if (id === null) return { kind: "unknown", detail: "an answer without an id" };
    return { kind: "accepted", providerMessageId: id.replace(/^<|>$/g, "") };
  } catch (error) {
    return classifyError(error, email, account, wallClock());
  }
}

function buildMailgunMessage(email: OutgoingEmail): Record<string, string> {
  const headers = Object.entries(email.headers).filter(([name]) => !reservedHeaders.has(name.toLowerCase()));
  return {
    from: formatMailbox(email.from),
    to: formatMailbox(email.to),
    subject: email.subject,
    text: email.text,
    html: email.html,
    ...Object.fromEntries(headers.map(([name, value]) => [`h:${name}`, value])),
    ...(email.replyTo === null ? {} : { "h:Reply-To": formatReplyTo(email.replyTo, email) }),
    // The id is known before the call, so that an unknown outcome can be looked up afterwards.
    "h:Message-Id": email.messageId,
    // We make the tracking links, the pixel and the unsubscribe header. If the service also added
    // links and a pixel, every open and click would count twice.
    "o:tracking": "no",
    "o:tracking-clicks": "no",
    "o:tracking-opens": "no",
    [`v:${referenceFieldName}`]: formatReference(email.reference),
  };
}

/**
 * Returns `name <address>` with the name quoted (RFC 5322 §3.2.4), because a comma in an unquoted
 * name would start a second recipient.
 */
function formatMailbox({ email, name }: { email: string; name: string }): string {
  return name === "" ? email : `"${name.replace(/[\\"]/g, "\\$&")}" <${email}>`;
}

/**
 * Returns the value of Reply-To. Mailgun encodes names in From and To but sends Reply-To unchanged,
 * so a name that is not ASCII is left out.
 */
function formatReplyTo(address: string, { replyToName, from }: OutgoingEmail): string {
  const name = replyToName ?? from.name;
  return formatMailbox({ email: address, name: /^[ -~]*$/.test(name) ? name : "" });
}

/**
 * Returns the outcome of a failed call. The library reports every failure as `status: 400`, even a
 * timeout, and drops the answer's headers. A real 400 has its own status text or, if HTTP/2 left
 * the text empty, axios' error code. After any other failure reported as 400, Mailgun may have
 * taken the email, so the outcome is unknown.
 */
function classifyError(
  error: unknown,
  email: OutgoingEmail,
  account: UnsealedAccount,
  now: number,
): SendOutcome {
  if (!isObject(error) || error.type !== "MailgunAPIError") return { kind: "unknown", detail: "no answer" };
  const status = Number(error.status);
  const details = readText(error, "details", 4_000) ?? "";
  const statusText = readText(error, "message") ?? "";
  if (
    !Number.isInteger(status) ||
    (status === 400 && !/^(?:bad request|ERR_BAD_REQUEST)$/i.test(statusText))
  ) {
    return {
      kind: "unknown",
      detail: statusText === "" ? "no answer" : redactSecrets(statusText, email, account),
    };
  }
  return classifyHttpFailure({
    status,
    detail: redactSecrets(details, email, account),
    isRecipientFault: /['"]?\bto\b['"]? parameter is not a valid address|to parameter is missing/i.test(
      details,
    ),
    isChannelFault: accountFault.test(details),
    retryAfterMs: clampWaitMs(Date.parse(/try again after (.+?)\.?$/i.exec(details)?.[1] ?? ""), now),
  });
}

/**
 * Matches a 400 that is about the account or its domain. Another account may well send this email.
 */
const accountFault =
  /not allowed to send|sandbox|authorized recipients|domain .*(?:not found|unverified|not verified|disabled|inactive)|(?:account|domain) .*(?:disabled|suspended)|free accounts|activate your/i;
