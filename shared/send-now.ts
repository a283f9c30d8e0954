import { z } from "zod";
import { listingReason } from "./gate-reason.ts";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { holdReasons, skipReasons, stepKinds, stopReasons } from "./vocabulary.ts";

/** The time during which "send now" can be undone. No email is sent before this time is over. */
const recallSeconds = z
  .number()
  .int()
  .min(0)
  .max(limits.sendNowRecallSecondsMost)
  .default(limits.recallSeconds);

/**
 * A request to send every recipient's next step now, regardless of the step's delay and conditions.
 * With `ignoresHours`, Doorknock also ignores the sending hours. Without `ignoresHours`, an email
 * waits until the sending hours begin.
 */
export const campaignSendNowInput = z
  .object({ ignoresHours: z.boolean().default(false), recallSeconds })
  .strict();
export type CampaignSendNowInput = z.input<typeof campaignSendNowInput>;

/**
 * A request to send one recipient's next step now. `stepNumber` names the step. If that step was
 * sent already, the Worker sends nothing, so a second click does no harm.
 */
export const recipientSendNowInput = campaignSendNowInput.extend({
  stepNumber: z.number().int().min(1).optional(),
});
export type RecipientSendNowInput = z.input<typeof recipientSendNowInput>;

/** The preview of "send now" for one recipient. */
export const sendNowPreview = z.object({
  recipientId: id,
  name: z.string(),
  email: z.string().nullable(),
  stepNumber: z.number().int(),
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  stepKind: z.enum(stepKinds).nullable(),
  /**
   * The subject as the recipient would see it; null for a task, and if the subject can't be
   * rendered.
   */
  subject: z.string().nullable(),
  timeZone: z.string(),
  /**
   * The time at which the recipient's sending hours begin; null if the sending hours have begun.
   */
  hoursOpenAt: instant.nullable(),
  /** True if the step has conditions; "send now" overrides the conditions. */
  hasConditions: z.boolean(),
  /** The reason why "send now" would not send the email; null if "send now" would send it. */
  hold: z
    .object({
      reason: z.enum([...holdReasons, ...skipReasons, ...stopReasons]),
      message: z.string(),
      /** The code and the facts behind `message`, if the listing guard is the reason. */
      listing: listingReason.nullable(),
    })
    .nullable(),
});
export type SendNowPreview = z.infer<typeof sendNowPreview>;

/**
 * The preview of "send now" for a whole campaign. `recipients` is the number of recipients with a
 * step to send. `outsideHours` is the number of these recipients whose sending hours are over.
 * `items` lists only the first recipients.
 */
export const campaignSendNowPreview = z.object({
  recipients: z.number().int(),
  outsideHours: z.number().int(),
  items: z.array(sendNowPreview),
});
export type CampaignSendNowPreview = z.infer<typeof campaignSendNowPreview>;
