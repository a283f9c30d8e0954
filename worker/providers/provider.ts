import type { BounceClass, ProviderName, SuppressionReason } from "../../shared/vocabulary.ts";
import type { NormalizedEvent } from "../domain/receive/event.ts";

/**
 * Identifies one message, in our tables and at the provider. `recipientId` and `stepNumber` are the
 * message's key in the table `messages`.
 */
export type MessageReference = { tenantId: number; recipientId: number; stepNumber: number };

/**
 * An email ready to leave: every header is checked and both bodies are made. `headers` has
 * Message-ID, List-Unsubscribe and similar headers.
 */
export type OutgoingEmail = {
  reference: MessageReference;
  from: { email: string; name: string };
  to: { email: string; name: string };
  replyTo: string | null;
  /** The name beside `replyTo`. If absent, the name in From is used. */
  replyToName?: string;
  /**
   * The sender in the SMTP envelope, to which bounces go; each message has its own address (VERP).
   * If absent, the From address is used. SendGrid and Mailgun always use an address of their own.
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
 * The outcome of one provider call. Only after `refused` or `deferred` may the email be sent again,
 * or through another account. `detail` is for operators: at most 300 characters, without addresses,
 * bodies or credentials.
 * - accepted: the provider has the email.
 * - refused: the provider has not taken the email. With fault `recipient`, the address is bad (see
 *   `bounceClass`). With `message`, every provider would refuse the content. With `channel`, this
 *   account can't send now because of its credentials, permissions, connection or domain.
 * - deferred: the provider asks for a later try (429, 503, SMTP 4yz). The call does not count as an
 *   attempt. With `isServiceDown`, the service could not serve anybody (503), so the account gets
 *   fewer calls for a while.
 * - unknown: the provider may have taken the email. The email is sent again only after a check or
 *   by the campaign's policy.
 */
export type SendOutcome =
  | { kind: "accepted"; providerMessageId: string | null }
  | {
      kind: "refused";
      fault: "recipient" | "message" | "channel";
      /** Enhanced status code (RFC 3463), such as 5.1.1, if the answer had one. */
      status: string | null;
      /** The class of the refusal as a bounce. Set only with fault `recipient`. */
      bounceClass?: BounceClass;
      detail: string;
    }
  | { kind: "deferred"; retryAfterMs: number | null; isServiceDown?: true; detail: string }
  | { kind: "unknown"; detail: string };

/**
 * A tenant's account with unsealed credentials. The object lives no longer than one request, queue
 * batch or run of the cron trigger, and is never logged.
 */
export type UnsealedAccount = {
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
      /**
       * `implicit`: TLS from the first byte (465). `starttls`: TLS before AUTH, or the email is
       * refused.
       */
      tls: "implicit" | "starttls";
      user: string;
      password: string;
      webhookSecret: string | null;
    }
  | { provider: "outbox"; webhookSecret: string };

/**
 * The provider's report on a message.
 * - known: the events so far. The list is empty if the provider shows nothing of the message.
 * - absent: the service shows nothing of the message although enough time has passed, so the
 *   service never had the message.
 */
export type MessageStatusReport =
  | { kind: "known"; events: NormalizedEvent[] }
  | { kind: "absent" }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

/**
 * A message to ask about. `ageMs` is the time since the service was given the message; a service
 * may take a while to find its own mail.
 */
export type MessageStatusQuery = { reference: MessageReference; messageId: string; ageMs: number };

/**
 * The domains, and the single verified addresses, from which an account may send, in lower case.
 */
export type SendingIdentities =
  | { kind: "known"; identities: string[] }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

export type WebhookRequest = { headers: Headers; body: Uint8Array; url: URL };

/**
 * The result of checking a post. `replay` is set if the signature doesn't cover the body: a copy of
 * a signed post could then carry another body.
 *
 * The caller remembers `bodyHash` under the account and `token` until `signedAt` is too old. A new
 * token is accepted, and a known token with the same hash is a retry. A known token with another
 * hash is a forgery, and is answered like a bad signature.
 */
export type PostVerification = { ok: true; replay?: ReplayFingerprint } | { ok: false; reason: string };
/**
 * `token` has at most 100 characters. `signedAt` is milliseconds UTC; the signature covers both
 * `token` and `signedAt`. `bodyHash` is the SHA-256 of the raw body in hex.
 */
export type ReplayFingerprint = { token: string; signedAt: number; bodyHash: string };

/** A service's report on the account itself. `other` is any state but suspended. */
export type ReportedAccountStatus = "suspended" | "other";

/**
 * The events of one post. An unreadable element never fails the other elements; `broken` counts the
 * unreadable elements.
 */
export type NormalizedPost = {
  events: NormalizedEvent[];
  broken: number;
  accountStatuses?: ReportedAccountStatus[];
};

/**
 * The change to one webhook. `full`: the service takes no more webhooks, and we must not remove an
 * existing webhook.
 */
export type WebhookChange = { name: string; change: "created" | "updated" | "kept" | "full" };
/**
 * The result of registering webhooks.
 * - registered: the change to each of the service's webhooks. `publicKey` verifies the service's
 *   posts from now on.
 * - notNeeded: the account has nothing to register; the operator of the mail server posts to us.
 * - refused: another try would be refused too.
 * - unavailable: some webhooks may be registered already, and another try completes the
 *   registration.
 */
export type WebhookRegistration =
  | { kind: "registered"; webhooks: WebhookChange[]; publicKey?: string }
  | { kind: "notNeeded" }
  | { kind: "refused" | "unavailable"; detail: string };

/**
 * An address on a service's own suppression list, in lower case. `diagnostic` is the service's
 * note, at most 500 characters.
 */
export type ListedSuppression = {
  email: string;
  reason: Exclude<SuppressionReason, "manual">;
  diagnostic: string;
};
/**
 * `known`: every list was read. `isComplete` is false if a list had more pages than one run reads.
 */
export type SuppressionLists =
  | { kind: "known"; suppressions: ListedSuppression[]; isComplete: boolean }
  | { kind: "unsupported" }
  | { kind: "unavailable"; detail: string };

export type Provider = {
  readonly name: ProviderName;
  /** Makes one call within `timeoutMs` and returns its outcome. Never throws. */
  send(email: OutgoingEmail, account: UnsealedAccount, timeoutMs: number): Promise<SendOutcome>;
  /** Verifies the raw bytes of a post; `now` is milliseconds UTC. Never throws. */
  verify(request: WebhookRequest, account: UnsealedAccount, now: number): Promise<PostVerification>;
  /** Turns a verified body into events. Never throws. */
  normalize(request: WebhookRequest, now: number): Promise<NormalizedPost>;
  /** Asks the service about a message, within `timeoutMs`. Never throws. */
  getStatus(
    query: MessageStatusQuery,
    account: UnsealedAccount,
    timeoutMs: number,
  ): Promise<MessageStatusReport>;
  /**
   * Asks the service for the domains and addresses from which the account may send, within
   * `timeoutMs`. Never throws.
   */
  listIdentities(account: UnsealedAccount, timeoutMs: number): Promise<SendingIdentities>;
  /**
   * Reads the addresses to which the service no longer sends. Each page must come within
   * `timeoutMs`. Never throws.
   */
  listSuppressions(account: UnsealedAccount, timeoutMs: number): Promise<SuppressionLists>;
  /**
   * Registers `url` for the service's events, within `timeoutMs`. Other webhooks stay. Never
   * throws.
   */
  registerWebhooks(url: string, account: UnsealedAccount, timeoutMs: number): Promise<WebhookRegistration>;
};

/** The base URLs of the services; overridden only for tests and the demo. */
export type ProviderEndpoints = {
  sendgrid: { us: string; eu: string };
  mailgun: { us: string; eu: string };
};

export type Providers = Readonly<Record<ProviderName, Provider>>;
