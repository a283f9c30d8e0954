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

/** What one wording of a step has brought. Counts the emails that are known to have gone. */
export const variantAnalytics = z.object({
  /** A, B, C … */
  variant: z.string(),
  templateId: z.number().int(),
  subject: z.string(),
  sent: z.number().int(),
  opened: z.number().int(),
  clicked: z.number().int(),
  replied: z.number().int(),
  /** 0..1 of emails sent; null while nothing was sent. */
  replyRate: z.number().nullable(),
});
export type VariantAnalytics = z.infer<typeof variantAnalytics>;

export const emailStepAnalytics = z.object({
  kind: z.literal("email"),
  stepNumber: z.number().int(),
  subject: z.string(),
  stats,
  rates,
  /** None where the step has just one wording. */
  variants: z.array(variantAnalytics),
  /** The variant with the most replies per email, once that is no longer likely to be chance; else null. */
  winner: z.string().nullable(),
});
export type EmailStepAnalytics = z.infer<typeof emailStepAnalytics>;

/** What became of a task step, in people. Tasks are no emails: they are in none of the totals. */
export const taskStepAnalytics = z.object({
  kind: z.literal("task"),
  stepNumber: z.number().int(),
  /** For whom it has come up; of those it is done, skipped, expired, stopped with its recipient, or still open. */
  opened: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  expired: z.number().int(),
  stopped: z.number().int(),
});
export type TaskStepAnalytics = z.infer<typeof taskStepAnalytics>;

export const stepAnalytics = z.discriminatedUnion("kind", [emailStepAnalytics, taskStepAnalytics]);
export type StepAnalytics = z.infer<typeof stepAnalytics>;

export const campaignAnalytics = z.object({
  campaignId: z.number().int(),
  total: z.object({ stats, rates }),
  steps: z.array(stepAnalytics),
});
export type CampaignAnalytics = z.infer<typeof campaignAnalytics>;
