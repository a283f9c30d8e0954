import type { BulkAction } from "../../../shared/bulk-action.ts";
import type { BulkActionKind } from "../../../shared/vocabulary.ts";
import type { CampaignPlace } from "./places.ts";

/** The agent's choices in the dialog of an action; each action uses only its own choice. */
export type ActionChoice = {
  days: number;
  stepNumber: number;
  /** Null until the agent chooses a sender. */
  senderId: number | null;
};

export const startChoice = (steps: readonly CampaignPlace[]): ActionChoice => ({
  ...{ days: 7, stepNumber: steps.at(-1)?.stepNumber ?? 1, senderId: null },
});

/** Returns the action as chosen; null while a choice is missing. */
export function toAction(
  kind: BulkActionKind,
  { days, stepNumber, senderId }: ActionChoice,
): BulkAction | null {
  switch (kind) {
    case "snooze":
      return { kind, days };
    case "move":
      return { kind, stepNumber };
    case "changeSender":
      return senderId === null ? null : { kind, senderId };
    case "pause":
    case "resume":
    case "stop":
      return { kind };
  }
}
