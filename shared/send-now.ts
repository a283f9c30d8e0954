import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { holdReasons, skipReasons, stepKinds, stopReasons } from "./vocabulary.ts";

/** For how long "send now" can be undone. No email leaves before that. */
const recallSeconds = z
  .number()
  .int()
  .min(0)
  .max(limits.sendNowRecallSecondsMost)
  .default(limits.recallSeconds);

/**
 * A request to send everybody's next step now, whatever its delay and its conditions. With
 * `ignoresHours`, the sending hours don't count either; without it, an email outside the hours
 * waits for them.
 */
export const campaignSendNowInput = z
  .object({ ignoresHours: z.boolean().default(false), recallSeconds })
  .strict();
export type CampaignSendNowInput = z.input<typeof campaignSendNowInput>;

/**
 * The same request for one recipient. `stepNumber` names the step to send. If that step was sent
 * already, nothing is sent, so a second click does no harm.
 */
export const recipientSendNowInput = campaignSendNowInput.extend({
  stepNumber: z.number().int().min(1).optional(),
});
export type RecipientSendNowInput = z.input<typeof recipientSendNowInput>;

/** What "send now" would send to one recipient. */
export const sendNowPreview = z.object({
  recipientId: id,
  name: z.string(),
  email: z.string().nullable(),
  stepNumber: z.number().int(),
  stepKind: z.enum(stepKinds).nullable(),
  /** The subject as the recipient would see it; null for a task, and if it can't be rendered. */
  subject: z.string().nullable(),
  timeZone: z.string(),
  /** When the sending hours open where the recipient lives; null if they are open. */
  hoursOpenAt: instant.nullable(),
  /** The step has conditions, which "send now" overrides. */
  hasConditions: z.boolean(),
  /** Why the email would not go all the same; null if it would go. */
  hold: z
    .object({ reason: z.enum([...holdReasons, ...skipReasons, ...stopReasons]), message: z.string() })
    .nullable(),
});
export type SendNowPreview = z.infer<typeof sendNowPreview>;

/**
 * What "send now" would send for a whole campaign. `recipients` counts everybody, and
 * `outsideHours` those for whom the sending hours are closed. `items` has the first recipients.
 */
export const campaignSendNowPreview = z.object({
  recipients: z.number().int(),
  outsideHours: z.number().int(),
  items: z.array(sendNowPreview),
});
export type CampaignSendNowPreview = z.infer<typeof campaignSendNowPreview>;
