import type { EngagementCondition, StepConditions } from "../../../shared/condition.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import type { DecidedSkipReason } from "../../../shared/vocabulary.ts";
import { engagementSettlingMs } from "../receive/machine.ts";

/**
 * An earlier email to the recipient. `openedAt` and `clickedAt` are the first open and click by a
 * person; automated opens and clicks do not count.
 */
export type EarlierEmail = {
  stepNumber: number;
  sentAt: number;
  openedAt: number | null;
  clickedAt: number | null;
};

export type ConditionFacts = {
  /** When the step was planned to go. A wait for conditions counts from this instant. */
  scheduledAt: number | null;
  lastSentAt: number | null;
  previousStepNumber: number | null;
  engagement: readonly EarlierEmail[];
  propertyStatus: string | null;
  isPriceChanged: boolean;
};

/** The result of checking a step's conditions. Null: all conditions hold. */
export type ConditionVerdict =
  | { kind: "skip"; reason: DecidedSkipReason }
  | { kind: "stop" }
  /** The step's else email goes in place of the main email. */
  | { kind: "else" }
  | { kind: "wait"; until: number }
  | null;

/**
 * The state of one condition. `settlesAt`: the instant from which no new fact can change `holds`;
 * `never` if a fact can change `holds` at any time.
 */
type Finding = { holds: boolean; settlesAt: number; reason: DecidedSkipReason };

const settled = Number.NEGATIVE_INFINITY;
const never = Number.POSITIVE_INFINITY;

/**
 * Decides, from a step's conditions, what happens to the step at `now`. If a condition fails, the
 * step's `otherwise` decides.
 */
export function judgeConditions(
  conditions: StepConditions,
  facts: ConditionFacts,
  now: number,
): ConditionVerdict {
  const settlesAt = getSettlingEnd(conditions, facts, now);
  if (settlesAt !== null) return { kind: "wait", until: settlesAt };
  const findings = evaluateConditions(conditions, facts, now);
  const failed = findings.find(({ holds }) => !holds);
  if (conditions.otherwise === "wait")
    return judgeWait(findings, now, getLatestPlannedAt(facts.scheduledAt, conditions) ?? now);
  if (failed === undefined) return null;
  if (conditions.otherwise === "email") return { kind: "else" };
  return conditions.otherwise === "stop" ? { kind: "stop" } : { kind: "skip", reason: failed.reason };
}

/** Tells whether all conditions of a step hold at `now`, as far as is known. */
export function doConditionsHold(conditions: StepConditions, facts: ConditionFacts, now: number): boolean {
  return evaluateConditions(conditions, facts, now).every(({ holds }) => holds);
}

/**
 * Returns the instant until which the latest relevant open or click may turn out to be automated,
 * or null if that instant has passed. The step waits until then, because a mail filter's click must
 * neither skip nor send a step.
 */
function getSettlingEnd(conditions: StepConditions, facts: ConditionFacts, now: number): number | null {
  const latest = Math.max(
    ...listEngagementConditions(conditions).flatMap((condition) => findEngagedAt(condition, facts) ?? []),
  );
  return now < latest + engagementSettlingMs ? latest + engagementSettlingMs : null;
}

/**
 * Decides a step that may wait for its conditions. A failed condition that can no longer change
 * skips the step at once. If no such condition exists, the step waits while any condition can
 * change, at most until `endsAt`. At `endsAt`, the conditions decide by their state at that time.
 */
function judgeWait(findings: readonly Finding[], now: number, endsAt: number): ConditionVerdict {
  const failed = findings.find(({ holds }) => !holds);
  const lost = findings.find(({ holds, settlesAt }) => !holds && settlesAt <= now);
  if (lost !== undefined) return { kind: "skip", reason: lost.reason };
  const unsettled = findings.filter(({ settlesAt }) => settlesAt > now);
  if (unsettled.length === 0) return null;
  if (now < endsAt)
    return { kind: "wait", until: Math.min(endsAt, ...unsettled.map(({ settlesAt }) => settlesAt)) };
  return failed === undefined ? null : { kind: "skip", reason: failed.reason };
}

/**
 * Returns the latest instant for which a step was planned. For a step that waits for its
 * conditions, the result is the end of the wait.
 */
export function getLatestPlannedAt(
  scheduledAt: number | null,
  conditions: StepConditions | undefined,
): number | null {
  return scheduledAt === null ? null : scheduledAt + (conditions?.waitDays ?? 0) * dayMs;
}

function evaluateConditions(conditions: StepConditions, facts: ConditionFacts, now: number): Finding[] {
  const { daysSinceLast, propertyStatus, priceChanged } = conditions;
  const findings = listEngagementConditions(conditions).map((engagement) =>
    evaluateEngagement(engagement, facts),
  );
  if (daysSinceLast !== undefined && facts.lastSentAt !== null) {
    const settlesAt = facts.lastSentAt + daysSinceLast * dayMs;
    findings.push({ holds: now >= settlesAt, settlesAt, reason: "tooSoonSinceLast" });
  }
  if (propertyStatus !== undefined) {
    const holds = matchesPropertyStatus(propertyStatus, facts.propertyStatus);
    findings.push({ holds, settlesAt: holds ? settled : never, reason: "propertyStatus" });
  }
  if (priceChanged !== undefined) {
    const holds = facts.isPriceChanged === priceChanged;
    const reason = priceChanged ? "priceNotChanged" : "priceChanged";
    // Once the price has changed, the condition can't change any more.
    findings.push({ holds, settlesAt: holds || !priceChanged ? settled : never, reason });
  }
  return findings;
}

function matchesPropertyStatus(
  { is, isNot }: NonNullable<StepConditions["propertyStatus"]>,
  status: string | null,
): boolean {
  const isOneOf = (list: readonly string[]) => status !== null && list.includes(status);
  return (is === undefined || isOneOf(is)) && (isNot === undefined || !isOneOf(isNot));
}

function listEngagementConditions({
  previousOpened,
  previousClicked,
  engagement = [],
}: StepConditions): EngagementCondition[] {
  const previous = (kind: "opened" | "clicked", happened: boolean | undefined): EngagementCondition[] =>
    happened === undefined ? [] : [{ stepNumber: "previous", kind, happened }];
  return [...previous("opened", previousOpened), ...previous("clicked", previousClicked), ...engagement];
}

const engagementReasons = {
  opened: { missing: "notOpened", there: "opened" },
  clicked: { missing: "notClicked", there: "clicked" },
} as const;

function evaluateEngagement(condition: EngagementCondition, facts: ConditionFacts): Finding {
  const { stepNumber, kind, happened, withinDays } = condition;
  const email = findAskedEmail(stepNumber, facts);
  const reason = engagementReasons[kind][happened ? "missing" : "there"];
  // An email that was never sent cannot have been opened.
  if (email === undefined) return { holds: !happened, settlesAt: settled, reason };
  const windowEndsAt = withinDays === undefined ? never : email.sentAt + withinDays * dayMs;
  const at = findEngagedAt(condition, facts);
  const isThere = at !== null && at <= windowEndsAt;
  // Without a time limit, "not opened" is decided at once, because an open could come on any later
  // day.
  const isSettled = isThere || (!happened && withinDays === undefined);
  return { holds: isThere === happened, settlesAt: isSettled ? settled : windowEndsAt, reason };
}

function findAskedEmail(
  stepNumber: EngagementCondition["stepNumber"],
  { engagement, previousStepNumber }: ConditionFacts,
): EarlierEmail | undefined {
  const asked = stepNumber === "previous" ? previousStepNumber : stepNumber;
  return engagement.find((one) => one.stepNumber === asked);
}

/**
 * Returns when the recipient first opened or clicked as the condition asks, or null if no such
 * event is known.
 */
function findEngagedAt({ stepNumber, kind }: EngagementCondition, facts: ConditionFacts): number | null {
  const email = findAskedEmail(stepNumber, facts);
  if (email === undefined) return null;
  return kind === "clicked" ? email.clickedAt : getFirstSeenAt(email.openedAt, email.clickedAt);
}

/**
 * Returns when the recipient first saw the email. A click shows that the email was seen, even if
 * its images were never loaded.
 */
function getFirstSeenAt(openedAt: number | null, clickedAt: number | null): number | null {
  if (openedAt === null || clickedAt === null) return openedAt ?? clickedAt;
  return Math.min(openedAt, clickedAt);
}
