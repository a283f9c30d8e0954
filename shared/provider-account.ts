import { z } from "zod";
import { limits } from "./limits.ts";
import { emailAddress, id, instant, singleLine } from "./primitives.ts";
import { accountPauseReasons, circuitStates, providerNames } from "./vocabulary.ts";

/** A secret in printable ASCII without spaces, so that an HTTP header can contain the secret. */
const secret = (min: number, max = 500) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\x21-\x7e]+$/, "must be printable characters without spaces");
/** Text without control characters, because CR or LF would end an SMTP command. */
const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]+$/u, "must not hold control characters");
/**
 * A public DNS name, because the server's certificate is checked against the name. IP addresses and
 * names of private networks are refused.
 */
const hostName = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, "must be a host name")
  .refine(
    (host) => !/(?:^|\.)(?:localhost|local|internal|lan|home|corp|test|invalid|onion|home\.arpa)$/.test(host),
    "must be a public host name",
  );
const region = z.enum(["us", "eu"]).default("us");
/**
 * A P-256 public key. The key's SubjectPublicKeyInfo has 91 bytes, which are 122 characters of
 * base64. PEM lines around the key are accepted.
 */
const publicKey = z
  .string()
  .max(300)
  .refine(
    (text) => /^[A-Za-z0-9+/]{122}={0,2}$/.test(text.replace(/-----[^-]+-----|\s+/g, "")),
    "must be the public key SendGrid shows for the webhook",
  );

/**
 * An account's credentials, entered by an admin. Webhook fields may be left out until the service
 * has shown their values.
 */
export const credentialsInput = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.literal("sendgrid"),
    apiKey: secret(10).startsWith("SG."),
    region,
    webhookPublicKey: publicKey.nullable().default(null),
  }),
  z.strictObject({
    provider: z.literal("mailgun"),
    apiKey: secret(10),
    domain: hostName,
    region,
    webhookSigningKey: secret(10).nullable().default(null),
  }),
  z.strictObject({
    provider: z.literal("smtp"),
    host: hostName,
    port: z
      .int()
      .min(1)
      .max(65_535)
      .refine((port) => port !== 25, "must not be 25: submission is on 465 or 587"),
    tls: z.enum(["implicit", "starttls"]),
    user: word(320),
    password: word(500),
    webhookSecret: secret(16).nullable().default(null),
  }),
  z.strictObject({ provider: z.literal("outbox"), webhookSecret: secret(16) }),
]);
export type CredentialsInput = z.input<typeof credentialsInput>;

/** A From domain, or a single address if the service has verified only that address. */
const sendingIdentity = z.union([hostName, emailAddress]);
const verifiedDomains = z.array(sendingIdentity).max(limits.verifiedDomains);

const core = {
  name: singleLine(limits.nameLength),
  /** The order of the accounts: the Worker tries an account with a lower number first. */
  priority: z.int().min(0).max(1000),
  isPaused: z.boolean(),
  credentials: credentialsInput,
  /**
   * The From domains from which the server may send. The field is only for SMTP, because every
   * other service reports its own domains.
   */
  verifiedDomains: verifiedDomains.nullable(),
};

export const providerAccountInput = z.strictObject({
  ...core,
  priority: core.priority.default(0),
  isPaused: core.isPaused.default(false),
  verifiedDomains: core.verifiedDomains.default(null),
});
export type ProviderAccountInput = z.input<typeof providerAccountInput>;

/**
 * A change to an account. New credentials replace all old credentials, and must be for the same
 * service.
 */
export const providerAccountPatch = z
  .strictObject(core)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type ProviderAccountPatch = z.input<typeof providerAccountPatch>;

/** A provider account without its credentials, which never leave the Worker. */
export const providerAccount = z.object({
  id,
  provider: z.enum(providerNames),
  name: z.string(),
  priority: z.number().int(),
  isPaused: z.boolean(),
  /**
   * The reason why Doorknock paused the account, and the time; null if a person paused the account.
   */
  pauseReason: z.enum(accountPauseReasons).nullable(),
  pausedAt: instant.nullable(),
  /**
   * The circuit breaker. `open`: no calls until `openUntil`, because too many calls in a row have
   * failed. `halfOpen`: the next call is a trial.
   */
  circuit: z.object({
    state: z.enum(circuitStates),
    failures: z.number().int(),
    openUntil: instant.nullable(),
  }),
  /**
   * The domains that the service has reported as verified; null if the Worker does not know the
   * domains.
   */
  verifiedDomains: z.array(z.string()).nullable(),
  domainsCheckedAt: instant.nullable(),
  /**
   * The senders whose From address is not among the account's verified domains and addresses. If
   * another account fails, this account is not tried for an email of these senders. An outbox
   * account has no such senders.
   */
  uncoveredSenderIds: z.array(id),
  /** The URLs to register at the service: `webhookUrl` for events, `inboundUrl` for replies. */
  webhookUrl: z.string(),
  inboundUrl: z.string(),
  webhooksRegisteredAt: instant.nullable(),
  suppressionsSyncedAt: instant.nullable(),
  createdAt: instant,
});
export type ProviderAccount = z.infer<typeof providerAccount>;
