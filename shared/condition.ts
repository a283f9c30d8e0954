import { z } from "zod";
import { limits } from "./limits.ts";
import { propertyStatus } from "./property.ts";
import { isTaskStep } from "./task.ts";
import { engagementKinds, failedConditionActions } from "./vocabulary.ts";

/**
 * The condition that a recipient has reacted, or has not reacted, to an earlier email. A click
 * counts as an open too. Opens and clicks by programs do not count.
 */
export const engagementCondition = z
  .object({
    /**
     * `previous` is the last email that was sent to the recipient; skipped steps and tasks are
     * ignored.
     */
    stepNumber: z.union([z.literal("previous"), z.number().int().min(1).max(limits.stepsPerCampaign)]),
    kind: z.enum(engagementKinds),
    /** If true, the recipient must have reacted. If false, the recipient must not have reacted. */
    happened: z.boolean(),
    /**
     * A reaction counts only within this number of days after the email was sent. If `withinDays`
     * is left out, there is no limit.
     */
    withinDays: z.number().int().min(1).max(limits.withinDays).optional(),
  })
  .strict();
export type EngagementCondition = z.infer<typeof engagementCondition>;

const statusList = z.array(propertyStatus).min(1).max(limits.propertyStatuses);

/**
 * The conditions of a step. All conditions must hold. Doorknock checks the conditions when the step
 * is due, and again right before it sends the step's email.
 */
export const stepConditions = z
  .object({
    /**
     * `previousOpened` and `previousClicked` are short forms of a condition on the reaction to the
     * previous email, without a limit in days.
     */
    previousOpened: z.boolean().optional(),
    previousClicked: z.boolean().optional(),
    /** At least this many days must have passed since the last email to this recipient. */
    daysSinceLast: z.number().int().min(0).max(limits.delayDays).optional(),
    engagement: z.array(engagementCondition).min(1).max(limits.engagementConditions).optional(),
    /**
     * The property's RESO StandardStatus, as last reported by the host. An unknown status matches
     * no list.
     */
    propertyStatus: z
      .object({ is: statusList.optional(), isNot: statusList.optional() })
      .strict()
      .refine(({ is, isNot }) => is !== undefined || isNot !== undefined, "give is, isNot or both")
      .optional(),
    /**
     * If true, the list price must have changed since the recipient was added; if false, the price
     * must not have changed.
     */
    priceChanged: z.boolean().optional(),
    /** The consequence if a condition does not hold. The default is `skip`. */
    otherwise: z.enum(failedConditionActions).optional(),
    /**
     * The number of days after which a waiting step is skipped. The days count from the time when
     * the step was due.
     */
    waitDays: z.number().int().min(1).max(limits.waitDays).optional(),
  })
  .strict();
export type StepConditions = z.infer<typeof stepConditions>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Fault = { path: (string | number)[]; message: string };

/**
 * Returns the faults in the conditions of a sequence's steps that the check of a single field can't
 * find. Accepts faulty steps, so that a caller sees all faults at once.
 */
export function findConditionFaults(steps: readonly unknown[]): Fault[] {
  return steps.flatMap((step, index) => {
    const conditions = isRecord(step) ? step.conditions : undefined;
    if (!isRecord(conditions)) return [];
    return [...findReferenceFaults(conditions, steps.slice(0, index)), ...findWaitFaults(conditions)].map(
      ({ path, message }) => ({ path: [index, "conditions", ...path], message }),
    );
  });
}

/**
 * @param earlier the steps before the checked step; a condition can ask only about an email among
 * these steps
 */
function findReferenceFaults(conditions: Record<string, unknown>, earlier: readonly unknown[]): Fault[] {
  const { previousOpened, previousClicked, engagement } = conditions;
  const hasEmailBefore = earlier.some((step) => !isTaskStep(step));
  const faults: Fault[] = [];
  if (!hasEmailBefore && previousOpened !== undefined) {
    const message = "there is no email before this step that could have been opened";
    faults.push({ path: ["previousOpened"], message });
  }
  if (!hasEmailBefore && previousClicked !== undefined) {
    const message = "there is no email before this step that could have been clicked";
    faults.push({ path: ["previousClicked"], message });
  }
  for (const [index, condition] of (Array.isArray(engagement) ? engagement : []).entries()) {
    const asked: unknown = isRecord(condition) ? condition.stepNumber : undefined;
    const message = findReferenceFault(asked, earlier, hasEmailBefore);
    if (message !== null) faults.push({ path: ["engagement", index, "stepNumber"], message });
  }
  return faults;
}

function findReferenceFault(
  asked: unknown,
  earlier: readonly unknown[],
  hasEmailBefore: boolean,
): string | null {
  if (asked === "previous") return hasEmailBefore ? null : "must be an earlier step";
  if (typeof asked !== "number") return null;
  if (asked > earlier.length) return "must be an earlier step";
  return isTaskStep(earlier[asked - 1]) ? "must be an email: a task can't be opened or clicked" : null;
}

const conditionNames = [
  "previousOpened",
  "previousClicked",
  "daysSinceLast",
  "engagement",
  "propertyStatus",
  "priceChanged",
];

function findWaitFaults(conditions: Record<string, unknown>): Fault[] {
  const { otherwise, waitDays } = conditions;
  const faults: Fault[] = [];
  if (otherwise !== undefined && conditionNames.every((name) => conditions[name] === undefined)) {
    faults.push({ path: ["otherwise"], message: "needs a condition" });
  }
  if (otherwise === "wait" && waitDays === undefined) {
    faults.push({ path: ["waitDays"], message: "is required to wait" });
  }
  if (otherwise !== "wait" && waitDays !== undefined) {
    faults.push({ path: ["waitDays"], message: "goes only with otherwise: wait" });
  }
  return faults;
}
