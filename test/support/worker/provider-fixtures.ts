import { inject } from "vitest";
import type { OutgoingEmail, UnsealedAccount } from "../../../worker/providers/provider.ts";
import type { SmtpServerName } from "./provider-servers.d.ts";

export const providerServers = inject("providerServers");

/**
 * A timeout that is long enough for an answer even on a busy machine. A test with a silent server
 * passes a shorter timeout.
 */
export const providerTimeoutMs = 8_000;

/**
 * The last recipient id used. Test files run at the same time against the same servers, so each
 * file starts its ids at a random number.
 */
let lastRecipientId = 1 + 10_000 * (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

/**
 * Returns an email in the form in which the engine passes emails to a provider. Each email gets a
 * reference of its own.
 */
export function buildOutgoingEmail(to: string, changes: Partial<OutgoingEmail> = {}): OutgoingEmail {
  lastRecipientId += 1;
  const messageId = `<m${lastRecipientId}.1@agency.example>`;
  return {
    reference: { tenantId: 7, recipientId: lastRecipientId, stepNumber: 1 },
    from: { email: "jo@agency.example", name: "Jo Agent" },
    to: { email: to, name: "Ada Owner" },
    replyTo: "r+k3@reply.agency.example",
    subject: "Your house on Oak Street",
    html: "<p>Hello <b>Ada</b>, shall we talk?</p>",
    text: "Hello Ada, shall we talk?",
    messageId,
    headers: {
      "Message-ID": messageId,
      "List-Unsubscribe":
        "<https://mail.agency.example/u/abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Feedback-ID": "c1:t7:outreach:doorknock",
    },
    ...changes,
  };
}

/** Returns a Message-ID without its angle brackets. */
export function removeAngleBrackets(messageId: string): string {
  return messageId.slice(1, -1);
}

export function buildSendgridAccount(behavior: string, id = 1): UnsealedAccount {
  return {
    id,
    tenantId: 7,
    provider: "sendgrid",
    credentials: {
      provider: "sendgrid",
      apiKey: `SG.${behavior}.fake`,
      region: "us",
      webhookPublicKey: null,
    },
  };
}

export function buildMailgunAccount(behavior: string, id = 2): UnsealedAccount {
  const domain = "mg.agency.example";
  return {
    id,
    tenantId: 7,
    provider: "mailgun",
    credentials: {
      provider: "mailgun",
      apiKey: `key-${behavior}`,
      domain,
      region: "us",
      webhookSigningKey: null,
    },
  };
}

export function buildSmtpAccount(
  server: SmtpServerName,
  user: string,
  id = 3,
  password = "correct horse",
): UnsealedAccount {
  const port = providerServers.smtp[server];
  const tls = server === "implicit" || server === "selfSignedImplicit" ? "implicit" : "starttls";
  return {
    id,
    tenantId: 7,
    provider: "smtp",
    credentials: { provider: "smtp", host: "localhost", port, tls, user, password, webhookSecret: null },
  };
}

/**
 * Returns the requests that a fake service has received under a key, the oldest first. The ledger
 * of the fake services has recorded the requests.
 */
export async function fetchReceivedRequests<Entry>(service: string, key: string): Promise<Entry[]> {
  const response = await fetch(`${providerServers.ledger}/${service}/${encodeURIComponent(key)}`);
  return await response.json<Entry[]>();
}

export function formatReference({ reference }: OutgoingEmail): string {
  return `${reference.recipientId}-${reference.stepNumber}`;
}
