import type { BounceClass, ProviderName } from "../../shared/vocabulary.ts";
import type { NormalizedEvent } from "../domain/event.ts";

/** Names one message, at the provider and in evidence. `recipientId` and `stepNumber` are its key in `messages`. */
export type MessageReference = { tenantId: number; recipientId: number; stepNumber: number };

/** An email ready to leave: every header checked, both bodies made. `headers` holds Message-ID, List-Unsubscribe and the like. */
export type OutgoingEmail = {
  reference: MessageReference;
  from: { email: string; name: string };
  to: { email: string; name: string };
  replyTo: string | null;
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

/** Where a message stands at the provider, as far as it tells. */
export type ProviderStatus =
  | { kind: "known"; events: NormalizedEvent[] }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

export type WebhookRequest = { headers: Headers; body: Uint8Array; url: URL };

/**
 * ok: the bytes are the provider's. `replay` is there where the signature does not cover the body: whoever has seen one
 * signed post could send it again with another body. The caller remembers `bodyHash` under the account and `key` for at
 * least a day: unseen is fine, the same hash again is a retry, another hash is a forgery to be answered like a bad signature.
 */
export type Verification = { ok: true; replay?: Replay } | { ok: false; reason: string };
/** `key`: ≤ 100 characters. `bodyHash`: SHA-256 of the raw body as hex. */
export type Replay = { key: string; bodyHash: string };

/** One bad element never fails its batch: it is counted in `broken` and the rest is kept. */
export type Normalized = { events: NormalizedEvent[]; broken: number };

export interface Provider {
  readonly name: ProviderName;
  /** One call, one outcome, within `timeoutMs`; never throws. */
  send(email: OutgoingEmail, account: OpenAccount, timeoutMs: number): Promise<SendOutcome>;
  /** Checks the raw bytes; `now` is milliseconds UTC. Never throws. */
  verify(request: WebhookRequest, account: OpenAccount, now: number): Promise<Verification>;
  /** Turns a verified body into events. Never throws. */
  normalize(request: WebhookRequest, now: number): Promise<Normalized>;
  getStatus(
    email: { reference: MessageReference; messageId: string },
    account: OpenAccount,
    timeoutMs: number,
  ): Promise<ProviderStatus>;
}

/** Where services are reached; overridden only for tests and the demo. */
export type ProviderEndpoints = {
  sendgrid: { us: string; eu: string };
  mailgun: { us: string; eu: string };
};

export type Providers = Readonly<Record<ProviderName, Provider>>;
