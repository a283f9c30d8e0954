import type { EngagementCondition, StepConditions } from "../../shared/condition.ts";
import { formatCount } from "./words.ts";

/**
 * Returns the sentence for a step's conditions, or null if the step has none. Example: "Only if
 * they clicked a link in email 1 within 7 days, otherwise wait up to 10 days".
 */
export function describeConditions(conditions: StepConditions): string | null {
  const parts = [
    ...listEngagements(conditions).map(describeEngagement),
    ...describeDaysSinceLast(conditions),
    ...describeStatuses(conditions),
    ...describePriceChange(conditions),
  ];
  if (parts.length === 0) return null;
  return `Only if ${parts.join(" and ")}${describeOtherwise(conditions)}`;
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

const verbs = {
  opened: { did: "opened", didNot: "didn’t open" },
  clicked: { did: "clicked a link in", didNot: "didn’t click a link in" },
};

function describeEngagement({ stepNumber, kind, happened, withinDays }: EngagementCondition): string {
  const verb = verbs[kind][happened ? "did" : "didNot"];
  const email = stepNumber === "previous" ? "the previous email" : `email ${stepNumber}`;
  const window = withinDays === undefined ? "" : ` within ${formatCount(withinDays, "day")}`;
  return `they ${verb} ${email}${window}`;
}

function describeDaysSinceLast({ daysSinceLast }: StepConditions): string[] {
  if (daysSinceLast === undefined) return [];
  const have = daysSinceLast === 1 ? "has" : "have";
  return [`at least ${formatCount(daysSinceLast, "day")} ${have} passed since their last email`];
}

function describeStatuses({ propertyStatus }: StepConditions): string[] {
  const named = (list: readonly string[]) =>
    list.map((status) => status.replace(/([a-z])([A-Z])/g, "$1 $2")).join(" or ");
  return [
    ...(propertyStatus?.is ? [`the property is ${named(propertyStatus.is)}`] : []),
    ...(propertyStatus?.isNot ? [`the property is not ${named(propertyStatus.isNot)}`] : []),
  ];
}

function describePriceChange({ priceChanged }: StepConditions): string[] {
  if (priceChanged === undefined) return [];
  return [`the price has ${priceChanged ? "changed" : "not changed"} since they were added`];
}

function describeOtherwise({ otherwise, waitDays = 0 }: StepConditions): string {
  if (otherwise === "stop") return ", otherwise stop";
  return otherwise === "wait" ? `, otherwise wait up to ${formatCount(waitDays, "day")}` : "";
}
