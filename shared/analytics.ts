import { z } from "zod";
import { statNames } from "./vocabulary.ts";

export const stats = z.object(
  Object.fromEntries(statNames.map((name) => [name, z.number().int().nonnegative()])) as Record<
    (typeof statNames)[number],
    z.ZodNumber
  >,
);
export type Stats = z.infer<typeof stats>;

/** 0..1 of emails sent; null while nothing was sent. */
export const rates = z.object({
  deliveryRate: z.number().nullable(),
  openRate: z.number().nullable(),
  clickRate: z.number().nullable(),
  replyRate: z.number().nullable(),
  bounceRate: z.number().nullable(),
  unsubscribeRate: z.number().nullable(),
});
export type Rates = z.infer<typeof rates>;

export const stepAnalytics = z.object({
  stepNumber: z.number().int(),
  subject: z.string(),
  stats,
  rates,
});
export type StepAnalytics = z.infer<typeof stepAnalytics>;

export const campaignAnalytics = z.object({
  campaignId: z.number().int(),
  total: z.object({ stats, rates }),
  steps: z.array(stepAnalytics),
});
export type CampaignAnalytics = z.infer<typeof campaignAnalytics>;
