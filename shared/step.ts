import { z } from "zod";
import { findConditionFaults, stepConditions } from "./condition.ts";
import { findElseEmailFaults } from "./else-email.ts";
import { limits } from "./limits.ts";
import { id } from "./primitives.ts";
import { findTaskFaults, stepTask } from "./task.ts";
import { findVariantFaults, stepVariants } from "./variant.ts";
import { winnerAfterEmails, winnerChoice } from "./winner.ts";

/**
 * A step's delay. The delay counts from the sending of the previous email, the closing of the
 * previous task, or the planned time of a skipped step.
 */
export const stepDelay = {
  delayDays: z.number().int().min(0).max(limits.delayDays).default(0),
  delayHours: z.number().int().min(0).max(limits.delayHours).default(0),
  /**
   * Business days, added after the days and hours. Weekends do not count; holidays do not count if
   * the campaign skips holidays.
   */
  delayBusinessDays: z.number().int().min(0).max(limits.delayBusinessDays).default(0),
  /**
   * ISO weekdays, from 1 (Monday) to 7 (Sunday). After the delay, the step waits for the next of
   * these days by the recipient's clock. By default, any day is possible.
   */
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, "must not name a day twice")
    .optional(),
};

/**
 * The email that a recipient gets if the step's conditions do not hold. A recipient gets either the
 * step's main email or this email.
 */
const elseEmailInput = z
  .object({
    templateId: id,
    /** If true, this email begins a new thread, as with `startsThread` of the step's main email. */
    startsThread: z.boolean().default(false),
  })
  .strict();

export const emailStepInput = z
  .object({
    kind: z.literal("email").default("email"),
    templateId: id,
    ...stepDelay,
    /** The preferred hour of the recipient's day, 0 to 23, within the send window. */
    sendTimeHour: z.number().int().min(0).max(23).nullable().default(null),
    conditions: stepConditions.default({}),
    variants: stepVariants.default([]),
    /**
     * The number of emails of each wording after which Doorknock chooses the winner, the wording
     * with the most replies. The field is allowed only with `variants`.
     */
    winnerAfter: winnerAfterEmails.optional(),
    /**
     * If true, the email begins a new thread under its own subject. If false, a follow-up continues
     * the thread of the previous email, under the subject of the thread's first email. That subject
     * gets the prefix `Re: ` after the recipient has replied. Without a previous email, the
     * template's own subject is used.
     */
    startsThread: z.boolean().default(false),
    /**
     * The else email of the step. The field is required if the conditions have `otherwise:
     * "email"`, and forbidden if `otherwise` has another value.
     */
    elseEmail: elseEmailInput.optional(),
    task: z.never("goes only with kind task").optional(),
  })
  .strict();
export type EmailStepInput = z.input<typeof emailStepInput>;

const onlyWithEmail = z.never("goes only with an email").optional();
/** A task step. The task opens when its delay is over; the send window does not apply to tasks. */
export const taskStepInput = z
  .object({
    kind: z.literal("task"),
    task: stepTask,
    ...stepDelay,
    conditions: stepConditions.default({}),
    templateId: onlyWithEmail,
    sendTimeHour: onlyWithEmail,
    variants: onlyWithEmail,
    winnerAfter: onlyWithEmail,
    startsThread: onlyWithEmail,
    elseEmail: onlyWithEmail,
  })
  .strict();
export type TaskStepInput = z.input<typeof taskStepInput>;

export const stepInput = z.discriminatedUnion("kind", [emailStepInput, taskStepInput], {
  error: ({ code }) => (code === "invalid_union" ? "must be email or task" : undefined),
});
export type StepInput = z.input<typeof stepInput>;

/**
 * A campaign's steps in order. The rules about several steps are checked even if a step is faulty,
 * so that a caller sees all faults at once.
 */
export const stepsInput = z
  .array(stepInput)
  .min(1)
  .max(limits.stepsPerCampaign)
  .superRefine(
    (steps, context) => {
      for (const fault of [
        ...findConditionFaults(steps),
        ...findVariantFaults(steps),
        ...findElseEmailFaults(steps),
        ...findTaskFaults(steps),
      ])
        context.addIssue({ code: "custom", ...fault });
    },
    { when: ({ value }) => Array.isArray(value) },
  );

const stepTiming = {
  /** The step's id within its campaign. The id stays the same when the step moves. */
  stepNumber: z.number().int().positive(),
  /** The step's position in the sequence, from 1. */
  position: z.number().int().positive(),
  delayDays: z.number().int(),
  delayHours: z.number().int(),
  delayBusinessDays: z.number().int(),
  /** The weekdays on which the step is possible; null for any day. */
  weekdays: z.array(z.number().int()).nullable(),
  conditions: stepConditions,
};

export const emailStep = z.object({
  kind: z.literal("email"),
  ...stepTiming,
  templateId: id,
  templateVersion: z.number().int().positive(),
  templateName: z.string(),
  subject: z.string(),
  sendTimeHour: z.number().int().nullable(),
  startsThread: z.boolean(),
  /** All wordings of the step, named A, B, C …; empty if the step has only one wording. */
  variants: z.array(
    z.object({
      variant: z.string(),
      templateId: id,
      templateVersion: z.number().int().positive(),
      templateName: z.string(),
      subject: z.string(),
      weight: z.number().int(),
    }),
  ),
  /**
   * The number of emails of each wording after which Doorknock chooses the best wording; null if a
   * person chooses.
   */
  winnerAfter: z.number().int().nullable(),
  /** The choice between the wordings; null while nobody has chosen. */
  winner: winnerChoice.nullable(),
  /**
   * The email for recipients for whom the conditions do not hold; null if the step has no such
   * email.
   */
  elseEmail: z
    .object({
      templateId: id,
      templateVersion: z.number().int().positive(),
      templateName: z.string(),
      subject: z.string(),
      startsThread: z.boolean(),
    })
    .nullable(),
});
export type EmailStep = z.infer<typeof emailStep>;

export const taskStep = z.object({ kind: z.literal("task"), ...stepTiming, task: stepTask });
export type TaskStep = z.infer<typeof taskStep>;

export const campaignStep = z.discriminatedUnion("kind", [emailStep, taskStep]);
export type CampaignStep = z.infer<typeof campaignStep>;
