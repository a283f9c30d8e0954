import type { AgentAnswer } from "../../../shared/answer.ts";
import type { ReplyState, WaitingReply } from "../../../shared/reply.ts";
import type { AnswerRow } from "../../db/answers.ts";
import type { StoredReplyStanding } from "../../db/reply-threads.ts";
import type { WaitingReplyRow } from "../../db/waiting-replies.ts";
import { isOutcomeUndoable, outcomeUndoMs } from "../../domain/reply-outcome.ts";
import { toNamedAgent } from "../agents.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

export function toReplyStandingView(
  { repliedAt, waitingSince, outcome, decidedAt, undo, assignedTo }: StoredReplyStanding,
  names: ReadonlyMap<string, string>,
  now: number,
): ReplyState {
  const isUndoable = isOutcomeUndoable(decidedAt, undo !== null, now);
  return {
    repliedAt: toIso(repliedAt),
    isWaiting: waitingSince !== null && waitingSince <= now,
    outcome,
    comesBackAt: waitingSince !== null && waitingSince > now ? toIso(waitingSince) : null,
    decidedAt: toIsoOrNull(decidedAt),
    undoUntil: isUndoable && decidedAt !== null ? toIso(decidedAt + outcomeUndoMs) : null,
    assignedTo: assignedTo === null ? null : toNamedAgent(assignedTo, names),
  };
}

export function toWaitingReplyView(
  { isAsked, canContinue, outcome, assignedTo, ...row }: WaitingReplyRow,
  names: ReadonlyMap<string, string>,
): WaitingReply {
  return {
    ...row,
    assignedTo: assignedTo === null ? null : toNamedAgent(assignedTo, names),
    repliedAt: toIso(row.repliedAt),
    waitingSince: toIso(row.waitingSince),
    isAsked: isAsked === 1,
    canContinue: canContinue === 1,
    isReminder: outcome === "notNow",
  };
}

export function toAgentAnswerView(
  { sentBy, createdAt, ...row }: AnswerRow,
  names: ReadonlyMap<string, string>,
): AgentAnswer {
  return { ...row, sentBy: names.get(sentBy) ?? null, sentAt: toIso(createdAt) };
}
