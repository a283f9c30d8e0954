import { z } from "zod";
import { instant } from "./primitives.ts";
import { sequenceFault, sequenceStep, sequenceSteps } from "./sequence.ts";
import { stepChangeKinds } from "./vocabulary.ts";

/**
 * The steps of a launched campaign as an agent edits them. The id of a present or removed step is
 * the step's number; a step with another id is new. If a removed step returns under its id, people
 * who had the step do not get the step again.
 */
export const campaignSteps = z.object({
  /** A number that goes up with each change. A change names the version that it started from. */
  version: z.number().int().positive(),
  steps: z.array(sequenceStep),
  /** The least id that no present or removed step of the campaign has. */
  nextStepId: z.number().int().positive(),
});
export type CampaignSteps = z.infer<typeof campaignSteps>;

/** The body of `PUT /api/campaigns/:id/steps`; `steps` replaces all steps of the sequence. */
export const campaignStepsInput = z.object({ steps: sequenceSteps }).strict();
export type CampaignStepsInput = z.input<typeof campaignStepsInput>;

/** The effects of a change on the people of a campaign, for one step. */
export const stepChange = z.object({
  /** The id of the step in the request, or the number of a removed step. */
  id: z.number().int().positive(),
  change: z.enum(stepChangeKinds),
  /** The step's position in the sequence, from 1; for a removed step, its last position. */
  position: z.number().int().positive(),
  /**
   * The number of people who have finished the step, or for whom the step was added too late. These
   * people do not get the step.
   */
  past: z.number().int(),
  /**
   * The number of people in the middle of the step: the email is being sent, or the task is open.
   */
  underWay: z.number().int(),
  /**
   * The number of people who will get the step; for a removed step, the number of people who would
   * have got the step.
   */
  coming: z.number().int(),
  /**
   * The number of people in `coming` for whom the step is the next step and is planned before the
   * end of the office's day.
   */
  today: z.number().int(),
});
export type StepChange = z.infer<typeof stepChange>;

/** The effects of a change. The preview changes nothing. */
export const stepsChangePreview = z.object({
  version: z.number().int().positive(),
  steps: z.array(stepChange),
  /** The faults that prevent the change. */
  faults: z.array(sequenceFault),
});
export type StepsChangePreview = z.infer<typeof stepsChangePreview>;

/** The result of an applied change. */
export const stepsChangeResult = z.object({
  version: z.number().int().positive(),
  steps: z.array(stepChange),
  undoToken: z.string(),
  undoUntil: instant,
});
export type StepsChangeResult = z.infer<typeof stepsChangeResult>;

/** The body of `POST /api/campaigns/:id/steps/undo`. */
export const stepsUndoInput = z.object({ undoToken: z.string().min(1).max(40) }).strict();
export type StepsUndoInput = z.input<typeof stepsUndoInput>;
