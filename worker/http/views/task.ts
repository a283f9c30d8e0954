import type { Task } from "../../../shared/task.ts";
import type { TaskRow } from "../../db/task-list.ts";
import { replyTaskStep, type TaskKey } from "../../db/tasks.ts";
import { describeAgencyForm } from "../../domain/compliance/agency-form.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

export function formatTaskId({ recipientId, stepNumber }: TaskKey): string {
  return `${recipientId}-${stepNumber}`;
}

export function toTaskView(row: TaskRow): Task {
  const { campaignStatus, recipientStatus, propertyState, ...task } = row;
  return {
    ...task,
    id: formatTaskId(row),
    openedAt: toIso(row.openedAt),
    instructions: row.instructions ?? describeAgencyForm(propertyState),
    expiresAt: row.stepNumber === replyTaskStep ? null : toIso(row.expiresAt),
    isPaused: campaignStatus === "paused" || recipientStatus === "paused",
    closedAt: toIsoOrNull(row.closedAt),
  };
}
