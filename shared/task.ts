import { z } from "zod";
import { line } from "./primitives.ts";
import { limits, taskKinds } from "./vocabulary.ts";

/** What a task step asks the agent to do. `waitDays`: the sequence goes on after this many days, done or not. */
export const stepTask = z
  .object({
    kind: z.enum(taskKinds),
    instructions: line(limits.instructionsLength),
    waitDays: z.number().int().min(1).max(limits.waitDays),
  })
  .strict();
export type StepTask = z.infer<typeof stepTask>;
