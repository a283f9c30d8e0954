import type { Task } from "../../../shared/task.ts";
import type { TaskRow } from "../../db/task-list.ts";
import { replyTaskStepNumber, type TaskKey } from "../../db/tasks.ts";
import { formatAgencyFormRequest } from "../../domain/compliance/agency-form.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

export function formatTaskId({ recipientId, stepNumber }: TaskKey): string {
  return `${recipientId}-${stepNumber}`;
}

/** Returns a task as the caller, the agent with this id, sees the task. */
export function toTaskView(row: TaskRow, agentId: string): Task {
  const { campaignStatus, recipientStatus, propertyState, doNotCall, ...rest } = row;
  const { assignedTo, assignedToName, ...shown } = rest;
  const { lastSubject, lastSentAt, lastReply, lastRepliedAt, ...task } = shown;
  return {
    ...task,
    id: formatTaskId(row),
    assignedTo: { id: assignedTo, name: assignedToName },
    isMine: assignedTo === agentId,
    openedAt: toIso(row.openedAt),
    instructions: row.instructions ?? formatAgencyFormRequest(propertyState),
    expiresAt: row.stepNumber === replyTaskStepNumber ? null : toIso(row.expiresAt),
    isPaused: campaignStatus === "paused" || recipientStatus === "paused",
    closedAt: toIsoOrNull(row.closedAt),
    postponedUntil: toIsoOrNull(row.postponedUntil),
    isDoNotCall: saysYes(doNotCall),
    lastEmail: lastSentAt === null ? null : { subject: lastSubject ?? "", sentAt: toIso(lastSentAt) },
    lastReply:
      lastRepliedAt === null ? null : { firstWords: lastReply ?? "", receivedAt: toIso(lastRepliedAt) },
  };
}

/**
 * Tells whether a host's value means yes. SQLite returns true as 1, and some hosts write a word.
 */
function saysYes(value: string | number | null): boolean {
  return /^(1|true|yes|y|on)$/i.test(String(value ?? "").trim());
}
