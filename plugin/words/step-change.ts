import type { StepChange } from "../../shared/step-change.ts";
import type { StepChangeKind } from "../../shared/vocabulary.ts";
import { formatCount, say } from "./say.ts";
import type { TonedText } from "./words.ts";

export const stepChangeLabels: Record<StepChangeKind, TonedText> = {
  added: { text: "New", tone: "good" },
  changed: { text: "Changed", tone: "info" },
  moved: { text: "Moved", tone: "info" },
  removed: { text: "Removed", tone: "warning" },
  kept: { text: "Unchanged", tone: "neutral" },
};

/**
 * Returns the end of a sentence about the people who have not reached the step yet: one form for
 * one person, and one form for several.
 */
function describeComing(isRemoved: boolean, coming: number, today: number): [one: string, many: string] {
  if (isRemoved) return [say("will no longer get it"), say("will no longer get it~many")];
  if (today === 0) return [say("will get it"), say("will get it~many")];
  if (today === coming) return [say("will get it today"), say("will get it today~many")];
  return [say("will get it"), say("will get it, {today} of them today", { today })];
}

const countPeople = (count: number) => formatCount(count, "person", "people");

/**
 * Returns the sentence about the effect of a step's change on the people of a campaign. Example:
 * "12 people are past it, 30 will get it, 3 of them today". Only the first number gets the word
 * "people".
 */
export function describeStepChangeEffect({ change, past, underWay, coming, today }: StepChange): string {
  const isRemoved = change === "removed";
  const groups: [count: number, one: string, many: string][] = [
    [past, say("is past it"), say("are past it")],
    [underWay, say("is in the middle of it"), say("are in the middle of it")],
    [coming, ...describeComing(isRemoved, coming, today)],
  ];
  const parts = groups.flatMap(([count, one, many], index) => {
    if (count === 0) return [];
    const isFirst = groups.slice(0, index).every(([before]) => before === 0);
    return [`${isFirst ? countPeople(count) : count} ${count === 1 ? one : many}`];
  });
  if (parts.length > 0) return parts.join(", ");
  return isRemoved ? say("No one was going to get it") : say("No one is left to get it");
}
