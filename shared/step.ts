import { z } from "zod";
import { conditionFaults, stepConditions } from "./condition.ts";
import { id } from "./primitives.ts";
import { stepTask, taskFaults } from "./task.ts";
import { stepVariants, variantFaults } from "./variant.ts";
import { limits } from "./vocabulary.ts";

/** The delay counts from the previous step's sending, or, where that was skipped, from when it would have gone; from a task, since it was closed. */
const delay = {
  delayDays: z.number().int().min(0).max(limits.delayDays).default(0),
  delayHours: z.number().int().min(0).max(limits.delayHours).default(0),
  /** Added after the days and hours: weekdays, and no holidays where the campaign skips them. */
  delayBusinessDays: z.number().int().min(0).max(limits.delayBusinessDays).default(0),
};

export const emailStepInput = z
  .object({
    kind: z.literal("email").default("email"),
    templateId: id,
    ...delay,
    /** Preferred hour of the recipient's day, 0 to 23; still within the campaign's window. */
    sendTimeHour: z.number().int().min(0).max(23).nullable().default(null),
    conditions: stepConditions.default({}),
    variants: stepVariants.default([]),
    /**
     * False: a follow-up goes as a reply to the email before it, as `Re: ` and that thread's first subject, and its own
     * template's subject is used only where nothing went before. True: a new thread under its own subject.
     */
    startsThread: z.boolean().default(false),
    task: z.never("goes only with kind task").optional(),
  })
  .strict();
export type EmailStepInput = z.input<typeof emailStepInput>;

const ofEmails = z.never("goes only with an email").optional();
/** A task comes up as soon as its delay is over: the hours in which emails may leave are not for it. */
export const taskStepInput = z
  .object({
    kind: z.literal("task"),
    task: stepTask,
    ...delay,
    conditions: stepConditions.default({}),
    templateId: ofEmails,
    sendTimeHour: ofEmails,
    variants: ofEmails,
    startsThread: ofEmails,
  })
  .strict();
export type TaskStepInput = z.input<typeof taskStepInput>;

export const stepInput = z.discriminatedUnion("kind", [emailStepInput, taskStepInput], {
  error: ({ code }) => (code === "invalid_union" ? "must be email or task" : undefined),
});
export type StepInput = z.input<typeof stepInput>;

/** A campaign's steps in order. Looked at even where a step is itself faulty, so that a caller hears of everything at once. */
export const stepsInput = z
  .array(stepInput)
  .min(1)
  .max(limits.stepsPerCampaign)
  .superRefine(
    (steps, context) => {
      for (const fault of [...conditionFaults(steps), ...variantFaults(steps), ...taskFaults(steps)])
        context.addIssue({ code: "custom", ...fault });
    },
    { when: ({ value }) => Array.isArray(value) },
  );

const stepTiming = {
  stepNumber: z.number().int().positive(),
  delayDays: z.number().int(),
  delayHours: z.number().int(),
  delayBusinessDays: z.number().int(),
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
  /** All of its wordings, called A, B, C …; none where it has just the one. */
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
});
export type EmailStep = z.infer<typeof emailStep>;

export const taskStep = z.object({ kind: z.literal("task"), ...stepTiming, task: stepTask });
export type TaskStep = z.infer<typeof taskStep>;

export const campaignStep = z.discriminatedUnion("kind", [emailStep, taskStep]);
export type CampaignStep = z.infer<typeof campaignStep>;
