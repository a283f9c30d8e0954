import type { EngagementCondition, StepConditions } from "../../shared/condition.ts";
import { formatCount, say } from "./say.ts";

/**
 * Returns the sentence for a step's conditions, or null if the step has no conditions. Example:
 * "Only if they clicked a link in email 1 within 7 days, otherwise wait up to 10 days".
 */
export function describeConditions(conditions: StepConditions): string | null {
  const parts = [
    ...listEngagements(conditions).map(describeEngagement),
    ...describeDaysSinceLast(conditions),
    ...describeStatuses(conditions),
    ...describePriceChange(conditions),
  ];
  if (parts.length === 0) return null;
  const joined = parts.join(say(" and "));
  return `${say("Only if {conditions}", { conditions: joined })}${describeOtherwise(conditions)}`;
}

function listEngagements({
  previousOpened,
  previousClicked,
  engagement = [],
}: StepConditions): EngagementCondition[] {
  const previous = (kind: "opened" | "clicked", happened: boolean | undefined): EngagementCondition[] =>
    happened === undefined ? [] : [{ stepNumber: "previous", kind, happened }];
  return [...previous("opened", previousOpened), ...previous("clicked", previousClicked), ...engagement];
}

const engagementTexts = {
  opened: { did: "they opened {email}", didNot: "they didn’t open {email}" },
  clicked: { did: "they clicked a link in {email}", didNot: "they didn’t click a link in {email}" },
} as const;

function describeEngagement({ stepNumber, kind, happened, withinDays }: EngagementCondition): string {
  const email =
    stepNumber === "previous" ? say("the previous email") : say("email {stepNumber}", { stepNumber });
  const engagement = say(engagementTexts[kind][happened ? "did" : "didNot"], { email });
  return withinDays === undefined
    ? engagement
    : say("{engagement} within {days}", { engagement, days: formatCount(withinDays, "day") });
}

function describeDaysSinceLast({ daysSinceLast }: StepConditions): string[] {
  if (daysSinceLast === undefined) return [];
  const days = formatCount(daysSinceLast, "day");
  return [
    daysSinceLast === 1
      ? say("at least {days} has passed since their last email", { days })
      : say("at least {days} have passed since their last email", { days }),
  ];
}

function describeStatuses({ propertyStatus }: StepConditions): string[] {
  const named = (list: readonly string[]) =>
    list.map((status) => status.replace(/([a-z])([A-Z])/g, "$1 $2")).join(say(" or "));
  return [
    ...(propertyStatus?.is
      ? [say("the property is {statuses}", { statuses: named(propertyStatus.is) })]
      : []),
    ...(propertyStatus?.isNot
      ? [say("the property is not {statuses}", { statuses: named(propertyStatus.isNot) })]
      : []),
  ];
}

function describePriceChange({ priceChanged }: StepConditions): string[] {
  if (priceChanged === undefined) return [];
  return [
    priceChanged
      ? say("the price has changed since they were added")
      : say("the price has not changed since they were added"),
  ];
}

function describeOtherwise({ otherwise, waitDays = 0 }: StepConditions): string {
  if (otherwise === "stop") return say(", otherwise stop");
  if (otherwise === "email") return say(", otherwise another email");
  return otherwise === "wait"
    ? say(", otherwise wait up to {days}", { days: formatCount(waitDays, "day") })
    : "";
}
