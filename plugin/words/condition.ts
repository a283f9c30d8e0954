import type { EngagementCondition, StepConditions } from "../../shared/condition.ts";
import { plural } from "./words.ts";

/**
 * Returns the sentence for a step's conditions, or null if it has none. Example: "Only if they
 * clicked a link in email 1 within 7 days, otherwise wait up to 10 days".
 */
export function conditionSentence(conditions: StepConditions): string | null {
  const parts = [
    ...engagementsOf(conditions).map(engagementPart),
    ...sinceLastPart(conditions),
    ...statusParts(conditions),
    ...priceParts(conditions),
  ];
  if (parts.length === 0) return null;
  return `Only if ${parts.join(" and ")}${otherwisePart(conditions)}`;
}

function engagementsOf({
  previousOpened,
  previousClicked,
  engagement = [],
}: StepConditions): EngagementCondition[] {
  const previous = (kind: "opened" | "clicked", happened: boolean | undefined): EngagementCondition[] =>
    happened === undefined ? [] : [{ stepNumber: "previous", kind, happened }];
  return [...previous("opened", previousOpened), ...previous("clicked", previousClicked), ...engagement];
}

const verbs = {
  opened: { did: "opened", didNot: "did not open" },
  clicked: { did: "clicked a link in", didNot: "did not click a link in" },
};

function engagementPart({ stepNumber, kind, happened, withinDays }: EngagementCondition): string {
  const verb = verbs[kind][happened ? "did" : "didNot"];
  const email = stepNumber === "previous" ? "the email before" : `email ${stepNumber}`;
  const window = withinDays === undefined ? "" : ` within ${plural(withinDays, "day")}`;
  return `they ${verb} ${email}${window}`;
}

function sinceLastPart({ daysSinceLast }: StepConditions): string[] {
  if (daysSinceLast === undefined) return [];
  const have = daysSinceLast === 1 ? "has" : "have";
  return [`at least ${plural(daysSinceLast, "day")} ${have} passed since their last email`];
}

function statusParts({ propertyStatus }: StepConditions): string[] {
  const named = (list: readonly string[]) =>
    list.map((status) => status.replace(/([a-z])([A-Z])/g, "$1 $2")).join(" or ");
  return [
    ...(propertyStatus?.is ? [`the property is ${named(propertyStatus.is)}`] : []),
    ...(propertyStatus?.isNot ? [`the property is not ${named(propertyStatus.isNot)}`] : []),
  ];
}

function priceParts({ priceChanged }: StepConditions): string[] {
  if (priceChanged === undefined) return [];
  return [`the price has ${priceChanged ? "changed" : "not changed"} since they were added`];
}

function otherwisePart({ otherwise, waitDays = 0 }: StepConditions): string {
  if (otherwise === "stop") return ", otherwise stop";
  return otherwise === "wait" ? `, otherwise wait up to ${plural(waitDays, "day")}` : "";
}
