import { z } from "zod";
import { stepConditions } from "./condition.ts";
import { limits } from "./limits.ts";
import { instant, preheader, sequenceId, singleLine } from "./primitives.ts";
import { defaultSequenceRules, sequenceRules } from "./sequence-rules.ts";
import { emailStepInput, stepDelay } from "./step.ts";
import { stepTask } from "./task.ts";
import { campaignTypes, sequenceScopes } from "./vocabulary.ts";
import { winnerAfterEmails } from "./winner.ts";

/** A step's id within its sequence. The id stays the same when the step moves. */
const stepId = z.number().int().min(1).max(limits.sequenceStepIds);

/** The wording of an email step. An unfinished letter may lack its subject or its body. */
export const sequenceLetter = z
  .object({
    subject: z
      .string()
      .max(limits.subjectLength)
      .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters"),
    preheader: preheader.default(""),
    bodyHtml: z.string().max(limits.bodyLength),
    bodyText: z.string().max(limits.bodyLength).default(""),
  })
  .strict();
export type SequenceLetter = z.output<typeof sequenceLetter>;

/**
 * The email that a recipient gets if the step's conditions do not hold. The email is sent only if
 * the conditions have `otherwise: "email"`. With another value, the email is not sent, but stays
 * stored.
 */
const elseEmail = z.object({ startsThread: z.boolean().default(false), letter: sequenceLetter }).strict();

const weight = z.number().int().min(1).max(limits.variantWeight);

/**
 * An additional wording of a step's main email. Its share of the recipients is its weight divided
 * by the sum of the weights of all wordings.
 */
const sequenceVariant = z.object({ weight, letter: sequenceLetter }).strict();
export type SequenceVariant = z.output<typeof sequenceVariant>;

const emailStep = z
  .object({
    id: stepId,
    kind: z.literal("email"),
    /** A label for the office, such as "Last note". No recipient sees the label. */
    name: z.string().trim().max(limits.nameLength).default(""),
    ...stepDelay,
    sendTimeHour: emailStepInput.shape.sendTimeHour,
    conditions: stepConditions.default({}),
    /**
     * If false, a follow-up continues the thread of the previous email, under the thread's subject.
     */
    startsThread: z.boolean().default(false),
    letter: sequenceLetter,
    /** The weight of `letter` among the wordings; the default is 1. */
    letterWeight: weight.optional(),
    /** The additional wordings, named B, C and so on. */
    variants: z
      .array(sequenceVariant)
      .min(1)
      .max(limits.variantsPerStep - 1)
      .optional(),
    /**
     * The number of emails of each wording after which Doorknock chooses the winner, the wording
     * with the most replies. Without `variants`, the number has no effect.
     */
    winnerAfter: winnerAfterEmails.optional(),
    elseEmail: elseEmail.optional(),
  })
  .strict();
export type SequenceEmailStep = z.output<typeof emailStep>;

const taskStep = z
  .object({
    id: stepId,
    kind: z.literal("task"),
    ...stepDelay,
    conditions: stepConditions.default({}),
    task: stepTask.extend({ instructions: z.string().trim().max(limits.instructionsLength) }).strict(),
  })
  .strict();
export type SequenceTaskStep = z.output<typeof taskStep>;

export const sequenceStep = z.discriminatedUnion("kind", [emailStep, taskStep]);
export type SequenceStep = z.output<typeof sequenceStep>;

/**
 * The steps of a sequence. An agent can save an unfinished sequence: `Sequence.faults` lists what
 * is missing, and a sequence with faults can't be launched.
 */
export const sequenceSteps = z
  .array(sequenceStep)
  .max(limits.stepsPerCampaign)
  .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, "must have different ids");

export const sequenceInput = z
  .object({
    name: singleLine(limits.nameLength),
    scope: z.enum(sequenceScopes).default("mine"),
    /** The type of the campaigns that agents launch with the sequence. */
    type: z.enum(campaignTypes).default("sellerOutreach"),
    steps: sequenceSteps.default([]),
    rules: sequenceRules.default(defaultSequenceRules),
  })
  .strict();
export type SequenceInput = z.input<typeof sequenceInput>;

/**
 * A change to a sequence. `steps` replaces all steps, and `rules` all rules. The header `If-Match`
 * contains the version of the sequence.
 */
export const sequencePatch = z
  .object({
    name: sequenceInput.shape.name,
    scope: z.enum(sequenceScopes),
    type: z.enum(campaignTypes),
    steps: sequenceSteps,
    rules: sequenceRules,
    /**
     * If true, the sequence can't be launched, and only the list of archived sequences shows it.
     */
    isArchived: z.boolean(),
  })
  .partial()
  .strict()
  .refine((patch) => Object.keys(patch).length > 0, "must change at least one field");
export type SequencePatch = z.input<typeof sequencePatch>;

/** The body of `POST /api/sequences/:id/duplicate`. By default, the copy belongs to the caller. */
export const sequenceCopyInput = z
  .object({ name: singleLine(limits.nameLength).optional(), scope: z.enum(sequenceScopes).default("mine") })
  .strict();
export type SequenceCopyInput = z.input<typeof sequenceCopyInput>;

/** A sequence in a list, without its letters. */
export const sequenceSummary = z.object({
  id: sequenceId,
  name: z.string(),
  /** Says what a preset is for; empty for every other sequence. */
  description: z.string(),
  scope: z.enum(sequenceScopes),
  type: z.enum(campaignTypes),
  /** True if the sequence ships with the product. */
  isPreset: z.boolean(),
  /**
   * True if the sequence is a preset that the office has changed, so that the original can be
   * restored.
   */
  isChanged: z.boolean(),
  isArchived: z.boolean(),
  /** True if the caller may change the sequence. */
  isEditable: z.boolean(),
  /** The version of the sequence; 0 for a preset without a changed copy in the office. */
  version: z.number().int().nonnegative(),
  /**
   * `ownedBy`, `createdBy` and `updatedBy` contain the `sub` of an agent's token. For an unchanged
   * preset, the fields are null.
   */
  ownedBy: z.string().nullable(),
  createdBy: z.string().nullable(),
  /** The agent's name; null if no token of the agent has contained a name. */
  createdByName: z.string().nullable(),
  createdAt: instant.nullable(),
  updatedBy: z.string().nullable(),
  updatedByName: z.string().nullable(),
  updatedAt: instant.nullable(),
  steps: z.array(
    z.object({
      kind: z.enum(["email", "task"]),
      delayDays: z.number().int(),
      delayHours: z.number().int(),
      delayBusinessDays: z.number().int(),
      weekdays: z.array(z.number().int()).optional(),
    }),
  ),
  /**
   * The number of launches that the caller may see. Only the newest `limits.launchesCounted`
   * launches are counted.
   */
  launches: z.number().int(),
  /** Replies per email sent in these launches, 0 to 1; null if no email was sent. */
  replyRate: z.number().nullable(),
});
export type SequenceSummary = z.infer<typeof sequenceSummary>;

/** A fault that prevents the launch of a sequence. */
export const sequenceFault = z.object({
  /** The step with the fault; null if the fault concerns the sequence as a whole. */
  stepId: stepId.nullable(),
  /** The dotted path of the field within the step, such as `letter.subject`. */
  field: z.string(),
  message: z.string(),
});
export type SequenceFault = z.infer<typeof sequenceFault>;

export const sequence = sequenceSummary.extend({
  steps: z.array(sequenceStep),
  rules: sequenceRules,
  faults: z.array(sequenceFault),
});
export type Sequence = z.infer<typeof sequence>;
