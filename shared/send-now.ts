import { z } from "zod";
import { listingReason } from "./gate-reason.ts";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { holdReasons, skipReasons, stepKinds, stopReasons } from "./vocabulary.ts";

/** The time for which "send now" can be undone. No email is sent before this time has passed. */
const recallSeconds = z
  .number()
  .int()
  .min(0)
  .max(limits.sendNowRecallSecondsMost)
  .default(limits.recallSeconds);

/**
 * A request to send everybody's next step now, whatever its delay and its conditions. With
 * `ignoresHours`, the sending hours don't count either. Without `ignoresHours`, an email waits
 * until the sending hours begin.
 */
export const campaignSendNowInput = z
  .object({ ignoresHours: z.boolean().default(false), recallSeconds })
  .strict();
export type CampaignSendNowInput = z.input<typeof campaignSendNowInput>;

/**
 * A request to send one recipient's next step now. `stepNumber` names the step to send. If that
 * step was sent already, nothing is sent, so a second click does no harm.
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
  /** The step's place in the sequence, from 1; null if the step was taken out. */
  position: z.number().int().nullable(),
  stepKind: z.enum(stepKinds).nullable(),
  /**
   * The subject as the recipient would see it; null for a task, and if the subject can't be
   * rendered.
   */
  subject: z.string().nullable(),
  timeZone: z.string(),
  /**
   * The time at which the sending hours open where the recipient lives; null if the hours are open
   * now.
   */
  hoursOpenAt: instant.nullable(),
  /** True if the step has conditions; "send now" overrides the conditions. */
  hasConditions: z.boolean(),
  /** The reason why "send now" would not send the email; null if the email would be sent. */
  hold: z
    .object({
      reason: z.enum([...holdReasons, ...skipReasons, ...stopReasons]),
      message: z.string(),
      /** The facts that `message` words, if the listing guard is the reason. */
      listing: listingReason.nullable(),
    })
    .nullable(),
});
export type SendNowPreview = z.infer<typeof sendNowPreview>;

/**
 * The preview of "send now" for a whole campaign. `recipients` counts the recipients who have a
 * step to send, and `outsideHours` the recipients among them for whom the sending hours are closed.
 * `items` lists only the first recipients.
 */
export const campaignSendNowPreview = z.object({
  recipients: z.number().int(),
  outsideHours: z.number().int(),
  items: z.array(sendNowPreview),
});
export type CampaignSendNowPreview = z.infer<typeof campaignSendNowPreview>;
