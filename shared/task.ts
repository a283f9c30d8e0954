import { z } from "zod";
import { id, instant, line } from "./primitives.ts";
import { limits, taskKinds, taskOutcomes } from "./vocabulary.ts";

/** What a task step asks the agent to do. `waitDays`: the sequence goes on after this many days, done or not. */
export const stepTask = z
  .object({
    kind: z.enum(taskKinds),
    instructions: line(limits.instructionsLength),
    waitDays: z.number().int().min(1).max(limits.waitDays),
  })
  .strict();
export type StepTask = z.infer<typeof stepTask>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export const isTaskStep = (step: unknown): boolean => isRecord(step) && step.kind === "task";

/** What is wrong with a sequence's tasks beyond each field by itself. Takes steps that may themselves be faulty. */
export function taskFaults(steps: readonly unknown[]): { path: (string | number)[]; message: string }[] {
  if (steps.length === 0 || !steps.every(isTaskStep)) return [];
  return [
    {
      path: [],
      message: "need an email among them: tasks alone are a to-do list, with nothing to send or to stop",
    },
  ];
}

/** A task step as it came up for one recipient. */
export const task = z.object({
  /** `recipientId-stepNumber`. */
  id: z.string(),
  recipientId: id,
  stepNumber: z.number().int().positive(),
  campaignId: id,
  campaignName: z.string(),
  recipientName: z.string(),
  propertyId: z.string().nullable(),
  kind: z.enum(taskKinds),
  instructions: z.string(),
  openedAt: instant,
  /** The sequence goes on by itself then. */
  expiresAt: instant,
  /** The campaign or the recipient is paused: nothing goes on by itself until they are resumed. */
  isPaused: z.boolean(),
  /** Null while it is open. */
  outcome: z.enum(taskOutcomes).nullable(),
  closedAt: instant.nullable(),
  note: z.string().nullable(),
});
export type Task = z.infer<typeof task>;

/** The ways an agent closes a task, as the last part of its address. */
export const taskActions = ["done", "skip"] as const;
export type TaskAction = (typeof taskActions)[number];

export const taskClosing = z.object({ note: line(limits.noteLength).optional() }).strict();
export type TaskClosing = z.input<typeof taskClosing>;
