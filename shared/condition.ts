import { z } from "zod";
import { propertyStatus } from "./property.ts";
import { isTaskStep } from "./task.ts";
import { engagementKinds, limits, otherwiseKinds } from "./vocabulary.ts";

/** What they did, or did not do, with an email sent to them before. A click implies that they saw it; machines do not count. */
export const engagementCondition = z
  .object({
    /** `previous`: the last email that was sent to them, skipped steps and tasks left aside. */
    stepNumber: z.union([z.literal("previous"), z.number().int().min(1).max(limits.stepsPerCampaign)]),
    kind: z.enum(engagementKinds),
    /** `true`: only if they did; `false`: only if they did not. */
    happened: z.boolean(),
    /** Counted from the sending of that email; without it, any time will do. */
    withinDays: z.number().int().min(1).max(limits.withinDays).optional(),
  })
  .strict();
export type EngagementCondition = z.infer<typeof engagementCondition>;

const statusList = z.array(propertyStatus).min(1).max(limits.propertyStatuses);

/** Every one of them has to hold. They are looked at when the step comes due, and again right before its email leaves. */
export const stepConditions = z
  .object({
    /** Short for an engagement with the previous email at any time. */
    previousOpened: z.boolean().optional(),
    previousClicked: z.boolean().optional(),
    /** Only if at least this many days have passed since the last email to this recipient. */
    daysSinceLast: z.number().int().min(0).max(limits.delayDays).optional(),
    engagement: z.array(engagementCondition).min(1).max(limits.engagementConditions).optional(),
    /** The property's RESO StandardStatus, as the host last told it. A status nobody has told is none of a list. */
    propertyStatus: z
      .object({ is: statusList.optional(), isNot: statusList.optional() })
      .strict()
      .refine(({ is, isNot }) => is !== undefined || isNot !== undefined, "give is, isNot or both")
      .optional(),
    /** Whether the list price has changed since the recipient was added. */
    priceChanged: z.boolean().optional(),
    /** What becomes of the step where a condition does not hold; `skip` where nothing is said. */
    otherwise: z.enum(otherwiseKinds).optional(),
    /** How long `wait` waits, from when the step came due; then it is skipped. */
    waitDays: z.number().int().min(1).max(limits.waitDays).optional(),
  })
  .strict();
export type StepConditions = z.infer<typeof stepConditions>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Fault = { path: (string | number)[]; message: string };

/**
 * What is wrong with a sequence's conditions beyond each field by itself. Takes steps that may themselves be faulty, so
 * that a caller hears of everything at once.
 */
export function conditionFaults(steps: readonly unknown[]): Fault[] {
  return steps.flatMap((step, index) => {
    const conditions = isRecord(step) ? step.conditions : undefined;
    if (!isRecord(conditions)) return [];
    return [...referenceFaults(conditions, steps.slice(0, index)), ...waitFaults(conditions)].map(
      ({ path, message }) => ({ path: [index, "conditions", ...path], message }),
    );
  });
}

/** @param earlier the steps before; of those only an email can be opened */
function referenceFaults(conditions: Record<string, unknown>, earlier: readonly unknown[]): Fault[] {
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
    const message = referenceFault(asked, earlier, hasEmailBefore);
    if (message !== null) faults.push({ path: ["engagement", index, "stepNumber"], message });
  }
  return faults;
}

function referenceFault(asked: unknown, earlier: readonly unknown[], hasEmailBefore: boolean): string | null {
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

function waitFaults(conditions: Record<string, unknown>): Fault[] {
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
