import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { hostDeliveryStates, hostEventTypes, hostWebhookDisabledReasons } from "./vocabulary.ts";

const line = z
  .string()
  .trim()
  .max(limits.nameLength)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters");

const core = {
  /** The https URL to which the events are posted; the URL's host must be public. */
  url: z.string().trim().min(1).max(limits.webAddressLength),
  description: line,
  /** The types of event to post. Null stands for every type, also types that come later. */
  eventTypes: z
    .array(z.enum(hostEventTypes))
    .min(1)
    .max(hostEventTypes.length)
    .transform((types) => [...new Set(types)])
    .nullable(),
};

export const hostWebhookInput = z.strictObject({
  ...core,
  description: core.description.default(""),
  eventTypes: core.eventTypes.default(null),
});
export type HostWebhookInput = z.input<typeof hostWebhookInput>;

/**
 * A change to a webhook. A webhook that is enabled again gets the events that it had not got when
 * it was disabled, if they are still stored.
 */
export const hostWebhookPatch = z
  .strictObject({ ...core, isEnabled: z.boolean() })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type HostWebhookPatch = z.input<typeof hostWebhookPatch>;

/** `keepOldHours`: for so long the old secret signs too, so that no delivery is refused. */
export const hostWebhookSecretInput = z.strictObject({
  keepOldHours: z.int().min(0).max(limits.oldWebhookSecretHours).default(24),
});

/** A webhook without its secret. */
export const hostWebhook = z.object({
  id,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(z.enum(hostEventTypes)).nullable(),
  isEnabled: z.boolean(),
  disabledReason: z.enum(hostWebhookDisabledReasons).nullable(),
  disabledAt: instant.nullable(),
  /** The instant since which every call has failed; null if the last round of calls succeeded. */
  failingSince: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  /** Until this instant the secret before the last rotation signs too. */
  oldSecretUntil: instant.nullable(),
  /** The number of the last event that the webhook has got or that is retried on its own. */
  deliveredTo: z.number().int(),
  /** The latest rounds of calls, newest first. */
  rounds: z.array(
    z.object({
      at: instant,
      /** The number of events that the receiver took, and the number that it did not take. */
      taken: z.number().int(),
      refused: z.number().int(),
      /** The first failure of the round, such as "HTTP 500" or "no answer in 5 seconds". */
      failure: z.string().nullable(),
    }),
  ),
  createdAt: instant,
});
export type HostWebhook = z.infer<typeof hostWebhook>;

/** A webhook with its secret, which is shown only in this answer. */
export const hostWebhookWithSecret = hostWebhook.extend({
  /** The secret in the form of Standard Webhooks: `whsec_` and base64. */
  secret: z.string(),
});

/** An event in a webhook's log of deliveries. */
export const hostDelivery = z.object({
  sequence: z.number().int(),
  /** The header `webhook-id` of the event, the same at every delivery. */
  webhookId: z.string(),
  type: z.enum(hostEventTypes),
  occurredAt: instant,
  state: z.enum(hostDeliveryStates),
  /** The failed calls of an event that is retried on its own, and the last failure. */
  attempts: z.number().int(),
  failure: z.string().nullable(),
  nextAttemptAt: instant.nullable(),
  data: z.record(z.string(), z.json()),
});

/** `fromSequence`: the event with this number and all later events are delivered again. */
export const hostRedeliveryInput = z.strictObject({
  fromSequence: z.int().positive(),
});

/** The receiver's answer to a test; `failure` is null if the receiver took the test event. */
export const hostWebhookTestResult = z.object({ failure: z.string().nullable() });
