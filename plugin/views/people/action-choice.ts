import type { BulkAction } from "../../../shared/bulk-action.ts";
import type { BulkActionKind } from "../../../shared/vocabulary.ts";
import type { StepPlace } from "./places.ts";

/** The agent's choices in the dialog of an action; each action uses only its own choice. */
export type BulkActionChoice = {
  days: number;
  stepNumber: number;
  /** Null until the agent chooses a sender. */
  senderId: number | null;
  /**
   * The path of the value to fill in, such as `recipient.gift`; null until the agent chooses one.
   */
  path: string | null;
  text: string;
};

export const createBulkActionChoice = (steps: readonly StepPlace[]): BulkActionChoice => ({
  ...{ days: 7, stepNumber: steps.at(-1)?.stepNumber ?? 1, senderId: null, path: null, text: "" },
});

/** Returns the action as chosen; null while a choice is missing. */
export function toBulkAction(
  kind: BulkActionKind,
  { days, stepNumber, senderId, path, text }: BulkActionChoice,
): BulkAction | null {
  switch (kind) {
    case "snooze":
      return { kind, days };
    case "move":
      return { kind, stepNumber };
    case "changeSender":
      return senderId === null ? null : { kind, senderId };
    case "fill":
      return path === null || text.trim() === "" ? null : { kind, path, text: text.trim() };
    case "pause":
    case "resume":
    case "stop":
    case "remove":
      return { kind };
  }
}
