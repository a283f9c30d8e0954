import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant, singleLine } from "./primitives.ts";
import { stepTaskKinds, taskKinds, taskOutcomes, taskResults } from "./vocabulary.ts";

/**
 * The task that a step gives to the agent. The sequence goes on after `waitDays` days, even if the
 * task is not done.
 */
export const stepTask = z
  .object({
    kind: z.enum(stepTaskKinds),
    instructions: singleLine(limits.instructionsLength),
    waitDays: z.number().int().min(1).max(limits.waitDays),
  })
  .strict();
export type StepTask = z.infer<typeof stepTask>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export const isTaskStep = (step: unknown): boolean => isRecord(step) && step.kind === "task";

/**
 * Returns the faults in a sequence's tasks that the check of a single field can't find. Accepts
 * steps that are themselves faulty.
 */
export function findTaskFaults(steps: readonly unknown[]): { path: (string | number)[]; message: string }[] {
  if (steps.length === 0 || !steps.every(isTaskStep)) return [];
  return [
    {
      path: [],
      message: "must include an email: tasks alone are a to-do list, with nothing to send or stop",
    },
  ];
}

/** A task that was opened for one recipient. */
export const task = z.object({
  /** The recipient's id and the step number: `recipientId-stepNumber`. */
  id: z.string(),
  recipientId: id,
  /** The number of the step that opened the task; 0 if a reply opened the task. */
  stepNumber: z.number().int().nonnegative(),
  /**
   * The step's place in the sequence, from 1; null if a reply opened the task, or if the step was
   * taken out.
   */
  position: z.number().int().nullable(),
  /**
   * The step's place among all steps that the campaign has had, so that messages and tasks can be
   * listed in one order.
   */
  order: z.number().int(),
  campaignId: id,
  campaignName: z.string(),
  recipientName: z.string(),
  propertyId: z.string().nullable(),
  kind: z.enum(taskKinds),
  instructions: z.string(),
  openedAt: instant,
  /** The time at which the sequence goes on by itself; null if no sequence waits for the task. */
  expiresAt: instant.nullable(),
  /**
   * True if the campaign or the recipient is paused. The sequence does not go on during the pause.
   */
  isPaused: z.boolean(),
  /** The way in which the task ended; null while the task is open. */
  outcome: z.enum(taskOutcomes).nullable(),
  closedAt: instant.nullable(),
  /** What came of the task; null if the agent has said nothing. */
  result: z.enum(taskResults).nullable(),
  note: z.string().nullable(),
  /** The time until which the task is put off and not listed; null if the task is not put off. */
  postponedUntil: instant.nullable(),
  /** The phone number that the host gave; null without a number. */
  phone: z.string().nullable(),
  /** True if the host says that the person must not be called. */
  isDoNotCall: z.boolean(),
  /** The last email to this recipient; null before the first email. */
  lastEmail: z.object({ subject: z.string(), sentAt: instant }).nullable(),
  /** The first words of the recipient's last reply; null without a reply. */
  lastReply: z.object({ firstWords: z.string(), receivedAt: instant }).nullable(),
});
export type Task = z.infer<typeof task>;

/**
 * The ways in which an agent can close a task. The URL of the request ends in one of these words.
 */
export const taskActions = ["done", "skip"] as const;
export type TaskAction = (typeof taskActions)[number];

/** A request to close a task. `result` is allowed only for a task that is done. */
export const taskClosingInput = z
  .object({ note: singleLine(limits.noteLength).optional(), result: z.enum(taskResults).optional() })
  .strict();
export type TaskClosingInput = z.input<typeof taskClosingInput>;

/** A request to put a task off by some days. The sequence waits longer too. */
export const taskPostponeInput = z
  .object({ days: z.number().int().min(1).max(limits.taskPostponeDays) })
  .strict();
export type TaskPostponeInput = z.input<typeof taskPostponeInput>;
