import { z } from "zod";
import { stepConditions } from "./condition.ts";
import { campaignTypes } from "./vocabulary.ts";

/**
 * A ready sequence with its templates. The templates are copied for the tenant at the first launch.
 */
export const preset = z.object({
  id: z.string(),
  /** The language of the letters. */
  language: z.enum(["en", "es"]),
  name: z.string(),
  /** Says in plain words what the sequence does and for which people. */
  description: z.string(),
  type: z.enum(campaignTypes),
  steps: z.array(
    z.object({
      name: z.string(),
      delayDays: z.number().int(),
      delayHours: z.number().int(),
      sendTimeHour: z.number().int().nullable(),
      conditions: stepConditions,
      /**
       * If false, the step's email is a reply to the previous email, under the previous email's
       * subject.
       */
      startsThread: z.boolean(),
      subject: z.string(),
      /** The text that an inbox shows beside the subject: a short summary of the letter. */
      preheader: z.string(),
      bodyHtml: z.string(),
      bodyText: z.string(),
    }),
  ),
});
export type Preset = z.infer<typeof preset>;
