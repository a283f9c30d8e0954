import type { BounceClass, ProviderName, SuppressionReason } from "../../shared/vocabulary.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";

/** Names one message, at the provider and in evidence. `recipientId` and `stepNumber` are its key in `messages`. */
export type MessageReference = { tenantId: number; recipientId: number; stepNumber: number };

/** An email ready to leave: every header checked, both bodies made. `headers` holds Message-ID, List-Unsubscribe and the like. */
export type OutgoingEmail = {
  reference: MessageReference;
  from: { email: string; name: string };
  to: { email: string; name: string };
  replyTo: string | null;
  /**
   * Where SMTP has bounces sent: the envelope's sender, an address of its own for each message (VERP). Absent: From's. The
   * services have one of their own in any case.
   */
  returnPath?: string;
  subject: string;
  html: string;
  text: string;
  /** Our Message-ID with angle brackets; also in `headers`. */
  messageId: string;
  headers: Readonly<Record<string, string>>;
};

/**
 * What one provider call came to. Only the definite answers `refused` and `deferred` may be tried again or elsewhere.
 * - accepted: the provider has it.
 * - refused: a definite no. `recipient`: this address is no good (`bounceClass` says how). `message`: this content is
 *   no good anywhere. `channel`: this account cannot send now (credentials, permission, connection, its domain).
 * - deferred: a definite not-now (429, SMTP 4yz); costs no attempt.
 * - unknown: the request may have been acted on. Never sent again blindly.
 * `detail` is for operators: bounded to 300 characters, without addresses, bodies or credentials.
 */
export type SendOutcome =
  | { kind: "accepted"; providerMessageId: string | null }
  | {
      kind: "refused";
      fault: "recipient" | "message" | "channel";
      /** Enhanced status code (RFC 3463), such as 5.1.1, where the answer had one. */
      status: string | null;
      /** Only with fault `recipient`. */
      bounceClass?: BounceClass;
      detail: string;
    }
  | { kind: "deferred"; retryAfterMs: number | null; detail: string }
  | { kind: "unknown"; detail: string };

/** A tenant's account with its credentials opened; lives as long as one door call, never logged. */
export type OpenAccount = {
  id: number;
  tenantId: number;
  provider: ProviderName;
  credentials: Credentials;
};

export type Credentials =
  | { provider: "sendgrid"; apiKey: string; region: "us" | "eu"; webhookPublicKey: string | null }
  | {
      provider: "mailgun";
      apiKey: string;
      domain: string;
      region: "us" | "eu";
      webhookSigningKey: string | null;
    }
  | {
      provider: "smtp";
      host: string;
      port: number;
      /** implicit: TLS from the first byte (465). starttls: upgraded before AUTH, or the attempt is refused. */
      tls: "implicit" | "starttls";
      user: string;
      password: string;
      webhookSecret: string | null;
    }
  | { provider: "outbox"; webhookSecret: string };

/**
 * Where a message stands at the provider, as far as it tells.
 * - known: what has happened to it so far; at least that it was taken, or nothing is shown.
 * - absent: the service would know of it by now and does not. It was never taken.
 */
export type ProviderStatus =
  | { kind: "known"; events: NormalizedEvent[] }
  | { kind: "absent" }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

/** A message to ask after. `ageMs`: how long ago it was given to the service, which may take a while to know its own mail. */
export type StatusQuery = { reference: MessageReference; messageId: string; ageMs: number };

/** What an account may send for: domains, and single addresses where only those are verified. Lower case. */
export type SendingIdentities =
  | { kind: "known"; identities: string[] }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

export type WebhookRequest = { headers: Headers; body: Uint8Array; url: URL };

/**
 * ok: the bytes are the provider's. `replay` is there where the signature does not cover the body: whoever has seen one
 * signed post could send it again with another body. The caller remembers `bodyHash` under the account and `token` until
 * `signedAt` is too old: unseen is fine, the same hash again is a retry, another hash is a forgery to be answered like a
 * bad signature.
 */
export type Verification = { ok: true; replay?: Replay } | { ok: false; reason: string };
/** `token`: ≤ 100 characters. `signedAt`: milliseconds UTC, signed along with it. `bodyHash`: SHA-256 of the raw body as hex. */
export type Replay = { token: string; signedAt: number; bodyHash: string };

/** What a service says of the account itself. `other`: anything but that it is shut. */
export type AccountStatus = "suspended" | "other";

/** One bad element never fails its batch: it is counted in `broken` and the rest is kept. */
export type Normalized = { events: NormalizedEvent[]; broken: number; accountStatuses?: AccountStatus[] };

/** `full`: the service takes no more webhooks there, and none of those it has is ours to take away. */
export type WebhookChange = { name: string; change: "created" | "updated" | "kept" | "full" };
/**
 * - registered: what was done with each of the service's webhooks. `publicKey`: what its posts are verified with from now on.
 * - notNeeded: nothing to be registered; whoever runs the server posts to us.
 * - refused: a definite no. unavailable: some may be registered already; doing it again completes them.
 */
export type WebhookRegistration =
  | { kind: "registered"; webhooks: WebhookChange[]; publicKey?: string }
  | { kind: "notNeeded" }
  | { kind: "refused" | "unavailable"; detail: string };

/** An address on one of the service's own lists, in lower case; `diagnostic`: what the service noted, at most 500 characters. */
export type ListedSuppression = {
  email: string;
  reason: Exclude<SuppressionReason, "manual">;
  diagnostic: string;
};
/** known: all lists were read, as far as one reading goes. */
export type SuppressionLists =
  | { kind: "known"; suppressions: ListedSuppression[]; isComplete: boolean }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

export interface Provider {
  readonly name: ProviderName;
  /** One call, one outcome, within `timeoutMs`; never throws. */
  send(email: OutgoingEmail, account: OpenAccount, timeoutMs: number): Promise<SendOutcome>;
  /** Checks the raw bytes; `now` is milliseconds UTC. Never throws. */
  verify(request: WebhookRequest, account: OpenAccount, now: number): Promise<Verification>;
  /** Turns a verified body into events. Never throws. */
  normalize(request: WebhookRequest, now: number): Promise<Normalized>;
  /** Asks the service where it can be asked, within `timeoutMs`; never throws. */
  getStatus(query: StatusQuery, account: OpenAccount, timeoutMs: number): Promise<ProviderStatus>;
  /** Asks the service what the account may send for, within `timeoutMs`; never throws. */
  listIdentities(account: OpenAccount, timeoutMs: number): Promise<SendingIdentities>;
  /** Reads whom the service no longer sends to, `timeoutMs` for each page; never throws. */
  listSuppressions(account: OpenAccount, timeoutMs: number): Promise<SuppressionLists>;
  /** Has the service post what becomes of emails to `url`, beside what others have there, within `timeoutMs`; never throws. */
  registerWebhooks(url: string, account: OpenAccount, timeoutMs: number): Promise<WebhookRegistration>;
}

/** Where services are reached; overridden only for tests and the demo. */
export type ProviderEndpoints = {
  sendgrid: { us: string; eu: string };
  mailgun: { us: string; eu: string };
};

export type Providers = Readonly<Record<ProviderName, Provider>>;
