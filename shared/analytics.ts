import { z } from "zod";
import { instant } from "./primitives.ts";
import { emailStatNames } from "./vocabulary.ts";

export const emailStats = z.object(
  Object.fromEntries(emailStatNames.map((name) => [name, z.number().int().nonnegative()])) as Record<
    (typeof emailStatNames)[number],
    z.ZodNumber
  >,
);
export type EmailStats = z.infer<typeof emailStats>;

/** Rates as fractions of the emails sent, 0 to 1; null if no email was sent. */
export const emailRates = z.object({
  deliveryRate: z.number().nullable(),
  openRate: z.number().nullable(),
  clickRate: z.number().nullable(),
  replyRate: z.number().nullable(),
  bounceRate: z.number().nullable(),
  unsubscribeRate: z.number().nullable(),
});
export type EmailRates = z.infer<typeof emailRates>;

/** The results of one wording of a step. Only emails that were certainly sent are counted. */
export const variantAnalytics = z.object({
  /** The name of the wording: A, B, C … */
  variant: z.string(),
  templateId: z.number().int(),
  subject: z.string(),
  sent: z.number().int(),
  opened: z.number().int(),
  clicked: z.number().int(),
  replied: z.number().int(),
  /** The replies as a fraction of the emails sent, 0 to 1; null if no email was sent. */
  replyRate: z.number().nullable(),
});
export type VariantAnalytics = z.infer<typeof variantAnalytics>;

/** The results of the email that recipients got because a step's conditions did not hold. */
export const elseEmailAnalytics = variantAnalytics.omit({ variant: true });
export type ElseEmailAnalytics = z.infer<typeof elseEmailAnalytics>;

export const emailStepAnalytics = z.object({
  kind: z.literal("email"),
  stepNumber: z.number().int(),
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  subject: z.string(),
  stats: emailStats,
  rates: emailRates,
  /** The results of each wording; empty if the step has only one wording. */
  variants: z.array(variantAnalytics),
  /**
   * The variant with clearly more replies per email than every other variant; null if there is
   * none.
   */
  clearLeader: z.string().nullable(),
  /**
   * The results of the step's else email; null if the step has no else email. `stats` counts the
   * main emails and the else emails.
   */
  elseEmail: elseEmailAnalytics.nullable(),
});
export type EmailStepAnalytics = z.infer<typeof emailStepAnalytics>;

/**
 * The results of a task step, as numbers of recipients. Tasks are not emails, so no total counts
 * tasks.
 */
export const taskStepAnalytics = z.object({
  kind: z.literal("task"),
  stepNumber: z.number().int(),
  /** The step's position in the sequence, from 1; null for a removed step. */
  position: z.number().int().nullable(),
  /**
   * The recipients for whom the task was opened. Each task is either still open or counted in one
   * of the fields below.
   */
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
  /**
   * The time at which the figures were counted, if they are stored for a minute. Null for a
   * campaign of fewer than ten recipients, whose figures are counted at every request.
   */
  countedAt: instant.nullable(),
  total: z.object({ stats: emailStats, rates: emailRates }),
  /** The steps in order. A removed step is listed if it has any figures. */
  steps: z.array(stepAnalytics),
});
export type CampaignAnalytics = z.infer<typeof campaignAnalytics>;
