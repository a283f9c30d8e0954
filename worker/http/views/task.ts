import type { Task } from "../../../shared/task.ts";
import type { TaskRow } from "../../db/task-list.ts";
import type { TaskKey } from "../../db/tasks.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

export function formatTaskId({ recipientId, stepNumber }: TaskKey): string {
  return `${recipientId}-${stepNumber}`;
}

export function toTaskView(row: TaskRow): Task {
  const { campaignStatus, recipientStatus, ...task } = row;
  return {
    ...task,
    id: formatTaskId(row),
    openedAt: toIso(row.openedAt),
    expiresAt: toIso(row.expiresAt),
    isPaused: campaignStatus === "paused" || recipientStatus === "paused",
    closedAt: toIsoOrNull(row.closedAt),
  };
}
