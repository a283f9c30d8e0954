import type { TimelineMessage } from "../../../shared/recipient.ts";
import type { TimelineEventRow, TimelineMessageRow } from "../../db/timelines.ts";
import { formatReplyId } from "../../domain/receive/api-reply-id.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

/** @param email the recipient's present address */
export function toTimelineView(
  messages: readonly TimelineMessageRow[],
  events: readonly TimelineEventRow[],
  email: string | null,
): TimelineMessage[] {
  return messages.map(({ toEmail, ...message }) => ({
    ...message,
    formerAddress: toEmail === email ? null : toEmail,
    sentAt: toIsoOrNull(message.sentAt),
    events: events
      .filter((event) => event.stepNumber === message.stepNumber)
      .map(({ stepNumber, kind, occurredAt, isMachine, data, dedupeKey, awayUntil, isAsked }) => ({
        kind,
        occurredAt: toIso(occurredAt),
        isMachine,
        bounceClass: data.bounceClass ?? null,
        url: data.url ?? null,
        text: data.text ?? null,
        replyId: kind === "replied" || kind === "autoReplied" ? formatReplyId(stepNumber, dedupeKey) : null,
        awayUntil,
        mayWantOut: isAsked && data.mayWantOut === true,
        mayRefuse: isAsked && data.mayRefuse === true,
      })),
  }));
}
