import type { StepChange } from "../../shared/step-change.ts";
import type { StepChangeKind } from "../../shared/vocabulary.ts";
import { formatCount } from "./say.ts";
import type { Tone } from "./words.ts";

export const stepChangeLabels: Record<StepChangeKind, { text: string; tone: Tone }> = {
  added: { text: "New", tone: "good" },
  changed: { text: "Changed", tone: "info" },
  moved: { text: "Moved", tone: "info" },
  removed: { text: "Taken out", tone: "warning" },
  kept: { text: "As before", tone: "neutral" },
};

const countPeople = (count: number) => formatCount(count, "person", "people");

/**
 * Returns the sentence on what a change means for the people of a campaign, for one step: "12
 * people are past it, 30 will get it, 3 of them today". Only the first number names the people.
 */
export function describeStepPeople({ change, past, underWay, coming, today }: StepChange): string {
  const isRemoved = change === "removed";
  const due = today === 0 ? "" : today === coming ? " today" : `, ${today} of them today`;
  const groups: [count: number, one: string, many: string][] = [
    [past, "is past it", "are past it"],
    [underWay, "is in the middle of it", "are in the middle of it"],
    [coming, isRemoved ? "will no longer get it" : `will get it${due}`, ""],
  ];
  const parts = groups.flatMap(([count, one, many], index) => {
    if (count === 0) return [];
    const isFirst = groups.slice(0, index).every(([before]) => before === 0);
    return [`${isFirst ? countPeople(count) : count} ${count === 1 || many === "" ? one : many}`];
  });
  if (parts.length > 0) return parts.join(", ");
  return isRemoved ? "Nobody was to get it" : "Nobody is left to get it";
}
