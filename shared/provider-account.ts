import { z } from "zod";
import { emailAddress, id, instant, line } from "./primitives.ts";
import { accountPauseReasons, circuitStates, limits, providerNames } from "./vocabulary.ts";

/** Printable ASCII without spaces: fit for an HTTP header as it is. */
const secret = (min: number, max = 500) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\x21-\x7e]+$/, "must be printable characters without spaces");
/** No control characters: CR and LF would end a command. */
const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]+$/u, "must not hold control characters");
/** A public DNS name: a certificate is checked against it, so no address, and nothing that only a private network knows. */
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
/** SubjectPublicKeyInfo of a P-256 key is 91 bytes: 122 characters of base64, with or without the lines of PEM around it. */
const publicKey = z
  .string()
  .max(300)
  .refine(
    (text) => /^[A-Za-z0-9+/]{122}={0,2}$/.test(text.replace(/-----[^-]+-----|\s+/g, "")),
    "must be the public key SendGrid shows for the webhook",
  );

/** What an admin gives for an account. Webhook fields may be left out until the service has told them. */
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

/** A From domain, or a single address where the service has verified only that. */
const sendingIdentity = z.union([hostName, emailAddress]);
const verifiedDomains = z.array(sendingIdentity).max(limits.verifiedDomains);

const core = {
  name: line(limits.nameLength),
  /** Lower is tried first. */
  priority: z.int().min(0).max(1000),
  isPaused: z.boolean(),
  credentials: credentialsInput,
  /** Only for SMTP, which can't be asked: the From domains this server may send for. Others tell themselves. */
  verifiedDomains: verifiedDomains.nullable(),
};

export const providerAccountInput = z.strictObject({
  ...core,
  priority: core.priority.default(0),
  isPaused: core.isPaused.default(false),
  verifiedDomains: core.verifiedDomains.default(null),
});
export type ProviderAccountInput = z.input<typeof providerAccountInput>;

/** Credentials are replaced as a whole, and stay the same service's. */
export const providerAccountPatch = z
  .strictObject(core)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "must change something");
export type ProviderAccountPatch = z.input<typeof providerAccountPatch>;

/** A provider account without its credentials, which never leave the Worker. */
export const providerAccount = z.object({
  id,
  provider: z.enum(providerNames),
  name: z.string(),
  priority: z.number().int(),
  isPaused: z.boolean(),
  /** Why it paused without anybody asking, and when; null where a person did. */
  pauseReason: z.enum(accountPauseReasons).nullable(),
  pausedAt: instant.nullable(),
  /** open: left alone until `openUntil`, as too many calls in a row have failed. halfOpen: the next call is a trial. */
  circuit: z.object({
    state: z.enum(circuitStates),
    failures: z.number().int(),
    openUntil: instant.nullable(),
  }),
  /** What it may send for, as it last said itself; null where that is not known. */
  verifiedDomains: z.array(z.string()).nullable(),
  domainsCheckedAt: instant.nullable(),
  /** Senders whose From address it is not known to send for: it is never a stand-in for them. */
  uncoveredSenderIds: z.array(id),
  /** To be registered at the service, for what became of emails and for replies. */
  webhookUrl: z.string(),
  inboundUrl: z.string(),
  webhooksRegisteredAt: instant.nullable(),
  suppressionsSyncedAt: instant.nullable(),
  createdAt: instant,
});
export type ProviderAccount = z.infer<typeof providerAccount>;
