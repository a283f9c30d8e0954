import { z } from "zod";
import { instant } from "./primitives.ts";
import { sequenceFault, sequenceStep, sequenceSteps } from "./sequence.ts";
import { stepChangeKinds } from "./vocabulary.ts";

/**
 * The steps of a campaign under way as an agent edits them. The id of a step that the campaign has
 * or had is the step's number; a step with another id is new. If a step that was taken out comes
 * back under its id, nobody who had the step gets it again.
 */
export const campaignSteps = z.object({
  /** Goes up with each change; a change names the version that it started from. */
  version: z.number().int().positive(),
  steps: z.array(sequenceStep),
  /** From this id on, no id belongs to a step that the campaign has or had. */
  nextStepId: z.number().int().positive(),
});
export type CampaignSteps = z.infer<typeof campaignSteps>;

/** The body of `PUT /api/campaigns/:id/steps`; `steps` replaces all steps of the sequence. */
export const campaignStepsInput = z.object({ steps: sequenceSteps }).strict();
export type CampaignStepsInput = z.input<typeof campaignStepsInput>;

/** What a change means for the people of a campaign, for one step. */
export const stepChange = z.object({
  /** The id of the step in the request; of a step that is taken out, the step's number. */
  id: z.number().int().positive(),
  change: z.enum(stepChangeKinds),
  /** The step's place in the sequence, from 1; of a step that is taken out, its place before. */
  position: z.number().int().positive(),
  /** The people for whom the step is over, or was added too late. They do not get it. */
  past: z.number().int(),
  /** The people in the middle of the step: its email is being sent, or its task is open. */
  underWay: z.number().int(),
  /** The people who will get the step; of a step that is taken out, who no longer get it. */
  coming: z.number().int(),
  /** How many of `coming` have the step next, before the end of the office's day. */
  today: z.number().int(),
});
export type StepChange = z.infer<typeof stepChange>;

/** What a change would mean. Nothing is changed. */
export const stepsPreview = z.object({
  version: z.number().int().positive(),
  steps: z.array(stepChange),
  /** What keeps the change from being applied. */
  faults: z.array(sequenceFault),
});
export type StepsPreview = z.infer<typeof stepsPreview>;

/** A change that was applied. */
export const stepsChanged = z.object({
  version: z.number().int().positive(),
  steps: z.array(stepChange),
  undoToken: z.string(),
  undoUntil: instant,
});
export type StepsChanged = z.infer<typeof stepsChanged>;

/** The body of `POST /api/campaigns/:id/steps/undo`. */
export const stepsUndoInput = z.object({ undoToken: z.string().min(1).max(40) }).strict();
export type StepsUndoInput = z.input<typeof stepsUndoInput>;
