import { z } from "zod";
import { namedAgent } from "./agent.ts";
import { limits } from "./limits.ts";
import { id, instant, singleLine } from "./primitives.ts";
import { stepTaskKinds, taskKinds, taskOutcomes, taskResults } from "./vocabulary.ts";

/**
 * The agent's task in a step. The sequence continues after `waitDays` days, even if the agent has
 * not done the task.
 */
export const stepTask = z
  .object({
    kind: z.enum(stepTaskKinds),
    instructions: singleLine(limits.instructionsLength),
    waitDays: z.number().int().min(1).max(limits.waitDays),
    /**
     * The id of the agent whom the task is for. Without the field, and for an id that no agent of
     * the office has, the task is for the agent who launched the campaign.
     */
    assignedTo: singleLine(limits.agentIdLength).optional(),
  })
  .strict();
export type StepTask = z.infer<typeof stepTask>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export const isTaskStep = (step: unknown): boolean => isRecord(step) && step.kind === "task";

/**
 * Returns the faults in the tasks of a sequence's steps that the check of a single field can't
 * find. Accepts faulty steps.
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
   * The step's position in the sequence, from 1; null if a reply opened the task, or for a removed
   * step.
   */
  position: z.number().int().nullable(),
  /**
   * The step's position among all present and removed steps of the campaign. Messages and tasks are
   * sorted by this position.
   */
  order: z.number().int(),
  campaignId: id,
  campaignName: z.string(),
  recipientName: z.string(),
  propertyId: z.string().nullable(),
  kind: z.enum(taskKinds),
  instructions: z.string(),
  /** The agent whom the task is for. */
  assignedTo: namedAgent,
  /** True if the task is for the caller. */
  isMine: z.boolean(),
  openedAt: instant,
  /** The time at which the sequence continues by itself; null if no sequence waits for the task. */
  expiresAt: instant.nullable(),
  /**
   * True if the campaign or the recipient is paused. The sequence does not continue during the
   * pause.
   */
  isPaused: z.boolean(),
  /** The way in which the task ended; null while the task is open. */
  outcome: z.enum(taskOutcomes).nullable(),
  closedAt: instant.nullable(),
  /** The result of the task; null if the agent has recorded no result. */
  result: z.enum(taskResults).nullable(),
  note: z.string().nullable(),
  /**
   * The time until which the postponed task is not listed; null for a task that is not postponed.
   */
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
 * The ways in which an agent can close a task. The URL of the request ends with one of these words.
 */
export const taskActions = ["done", "skip"] as const;
export type TaskAction = (typeof taskActions)[number];

/** A request to close a task. `result` is allowed only with `done`. */
export const taskClosingInput = z
  .object({ note: singleLine(limits.noteLength).optional(), result: z.enum(taskResults).optional() })
  .strict();
export type TaskClosingInput = z.input<typeof taskClosingInput>;

/** A request to postpone a task by some days. The sequence waits longer too. */
export const taskPostponeInput = z
  .object({ days: z.number().int().min(1).max(limits.taskPostponeDays) })
  .strict();
export type TaskPostponeInput = z.input<typeof taskPostponeInput>;
