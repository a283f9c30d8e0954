import type { PropertyStatus, StartMode } from "../../shared/vocabulary.ts";
import { say, translatedTable } from "./say.ts";
import { exitStatusTexts } from "./sequence-rules.ts";

/* The texts about the office's start rules. */

/** The statuses that a rule on the screen can have. The most usual status comes first. */
export const startStatuses = (Object.keys(exitStatusTexts) as (keyof typeof exitStatusTexts)[]).toReversed();

/** Returns the status that started a rule, such as "Now expired". */
export function describeStatus(status: PropertyStatus): string {
  const named = startStatuses.find((one) => one === status);
  return say("Now {status}", { status: (named ? exitStatusTexts[named] : status).toLowerCase() });
}

export const startModeTexts = translatedTable<StartMode>({
  propose: "Propose it in the home",
  launch: "Launch it right away",
});
