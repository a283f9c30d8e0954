import { z } from "zod";
import { stepConditions } from "./condition.ts";
import { campaignTypes } from "./vocabulary.ts";

/** A ready sequence with its wording. Its templates become the tenant's own when it is first launched. */
export const preset = z.object({
  id: z.string(),
  name: z.string(),
  /** One plain sentence: who it is for and what it does. */
  description: z.string(),
  type: z.enum(campaignTypes),
  steps: z.array(
    z.object({
      name: z.string(),
      delayDays: z.number().int(),
      delayHours: z.number().int(),
      sendTimeHour: z.number().int().nullable(),
      conditions: stepConditions,
      /** False: a follow-up goes as a reply to the email before it, under that one's subject. */
      startsThread: z.boolean(),
      subject: z.string(),
      /** What an inbox shows beside the subject: what the letter says, in a few words of its own. */
      preheader: z.string(),
      bodyHtml: z.string(),
      bodyText: z.string(),
    }),
  ),
});
export type Preset = z.infer<typeof preset>;
