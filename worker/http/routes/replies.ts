import { Hono } from "hono";
import { z } from "zod";
import { workListScopes } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import { propertyId } from "../../../shared/property.ts";
import { replyReadingInput } from "../../../shared/recipient.ts";
import { replyAssignmentInput, replyOutcomeInput, type WaitingReplyPage } from "../../../shared/reply.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import { loadAgentNames } from "../../db/agents.ts";
import { loadCandidates } from "../../db/candidates.ts";
import type { RecipientRow } from "../../db/recipients.ts";
import { recordAnswerAsAutomatic, recordAnswerAsReply } from "../../db/reply-decisions.ts";
import { listReplies, type StoredReply } from "../../db/timelines.ts";
import { countWaitingReplies, listWaitingReplies } from "../../db/waiting-replies.ts";
import { AppError } from "../../domain/errors.ts";
import { findReturnDay, longestAbsenceDays } from "../../domain/receive/absence.ts";
import { formatReplyId } from "../../domain/receive/api-reply-id.ts";
import { toIsoDay } from "../../domain/schedule/schedule.ts";
import { planAbsence } from "../../domain/send/sequence.ts";
import {
  findAccessibleRecipient,
  getRequestScope,
  listVisiblePropertyIds,
  type RequestScope,
} from "../access.ts";
import { requires } from "../permissions.ts";
import { buildRecipientAuditEntry, reloadRecipientDetail } from "../recipient-detail.ts";
import { mayOverrideRefusals } from "../refusal-checks.ts";
import { assignReplies } from "../reply-assignment.ts";
import { undoReplyOutcome } from "../reply-outcome-undo.ts";
import { recordReplyOutcome } from "../reply-outcomes.ts";
import {
  type AppEnv,
  createNotFoundError,
  pageQueryFields,
  parseInput,
  readJson,
  refuseFaultyFields,
  timeAndIdCursorSchema,
} from "../request.ts";
import { seesProperty } from "../session.ts";
import { toWaitingReplyView } from "../views/reply.ts";

type Reading = z.output<typeof replyReadingInput>;

const pageSize = 50;
const listQuery = z
  .object({
    ...pageQueryFields,
    cursor: timeAndIdCursorSchema.optional(),
    propertyId: propertyId.optional(),
    status: z.enum(["waiting"]).default("waiting"),
    reach: z.enum(workListScopes).default("office"),
  })
  .strict();

/** Answers with the replies that an agent has to handle, the newest first. */
export const repliesRoutes = new Hono<AppEnv>().get(
  "/replies",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const query = parseInput(listQuery, c.req.query());
    const limit = query.limit ?? pageSize;
    if (query.propertyId !== undefined && !seesProperty(c.get("session"), query.propertyId)) {
      return c.json({ items: [], nextCursor: null, counts: null } satisfies WaitingReplyPage);
    }
    const { ctx, scope, agentId } = getRequestScope(c);
    const properties = query.propertyId === undefined ? listVisiblePropertyIds(c) : [query.propertyId];
    const rows = await listWaitingReplies(scope, {
      properties,
      agentId: query.reach === "mine" ? agentId : null,
      after: query.cursor ? { waitingSince: query.cursor.at, recipientId: query.cursor.id } : null,
      limit: limit + 1,
      now: ctx.now(),
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last ? `${last.waitingSince}-${last.recipientId}` : null;
    const isWhole = properties === null && query.cursor === undefined;
    const handlers = shown.flatMap(({ assignedTo }) => assignedTo ?? []);
    const [names, counts] = await Promise.all([
      loadAgentNames(scope, handlers),
      isWhole ? countWaitingReplies(scope, agentId, { most: limits.countedReplies, now: ctx.now() }) : null,
    ]);
    const items = shown.map((row) => toWaitingReplyView(row, names));
    return c.json({ items, nextCursor, counts } satisfies WaitingReplyPage);
  },
);

repliesRoutes.post(
  "/recipients/:id/outcome",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const input = await readJson(c, replyOutcomeInput);
    await recordReplyOutcome(desk, recipient, input, mayOverrideRefusals(c));
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  },
);

repliesRoutes.post(
  "/recipients/:id/outcome/undo",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    await undoReplyOutcome(desk, recipient);
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  },
);

repliesRoutes.patch(
  "/recipients/:id/reply",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    await assignReplies(desk, recipient, await readJson(c, replyAssignmentInput));
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  },
);

repliesRoutes.post(
  "/recipients/:id/replies/:replyId",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const desk = getRequestScope(c);
    const recipient = await findAccessibleRecipient(c);
    const input = await readJson(c, replyReadingInput);
    checkReturnDay(desk, input);
    const replyId = c.req.param("replyId");
    const reply = await findReply(desk, recipient, replyId);
    const isRecorded = isReadAs(reply, input) || (await record(desk, recipient, reply, input));
    // If this request is a repeat, the first request has already recorded how the agent reads the
    // answer.
    if (!isRecorded && !isReadAs(await findReply(desk, recipient, replyId), input)) {
      throw new AppError("conflict", "Someone else changed how this reply is marked. Reload and try again.");
    }
    return c.json(await reloadRecipientDetail(desk, recipient.id));
  },
);

async function findReply(
  { scope }: RequestScope,
  recipient: RecipientRow,
  replyId: string,
): Promise<StoredReply> {
  const stored = await listReplies(scope, recipient.id);
  const reply = stored.find(({ stepNumber, dedupeKey }) => formatReplyId(stepNumber, dedupeKey) === replyId);
  if (reply === undefined) throw createNotFoundError();
  return reply;
}

function checkReturnDay({ ctx }: RequestScope, { awayUntil }: Reading): void {
  if (awayUntil == null) return;
  const latest = toIsoDay(ctx.now() + longestAbsenceDays * dayMs, "UTC");
  if (awayUntil < toIsoDay(ctx.now() - dayMs, "UTC") || awayUntil > latest) {
    refuseFaultyFields({ awayUntil: "must be a day within the next year" });
  }
}

/** Tells whether the answer already counts as the kind that the agent states now. */
function isReadAs({ kind, awayUntil, isAsked }: StoredReply, input: Reading): boolean {
  if (input.reading === "reply") return kind === "replied" && !isAsked;
  return kind === "autoReplied" && (input.awayUntil === undefined || input.awayUntil === awayUntil);
}

/**
 * Records the agent's reading of an answer: a person's reply or an automatic reply.
 * @returns false if another agent has decided about the answer meanwhile
 * @throws AppError conflict if the answer counts as an opt-out, which no reading can undo
 */
async function record(
  desk: RequestScope,
  recipient: RecipientRow,
  reply: StoredReply,
  { reading, awayUntil }: Reading,
): Promise<boolean> {
  const { ctx, scope } = desk;
  if (reply.kind === "unsubscribed") {
    throw new AppError(
      "conflict",
      "They asked for no more emails. That stays in effect, however this reply is marked.",
    );
  }
  const read = { recipient, reply };
  const entry = buildRecipientAuditEntry(desk, recipient, "recipient.reply");
  if (reading === "reply") return recordAnswerAsReply(scope, read, { ...entry, data: { reading } });
  const [candidate] = await loadCandidates(scope.db, [recipient.id], scope.tenantId);
  if (candidate === undefined) throw createNotFoundError();
  const backOn = awayUntil === undefined ? readDay(reply, candidate.recipient.timeZone) : awayUntil;
  const plan = planAbsence(candidate, backOn, ctx.now(), ctx.random());
  const audit = { ...entry, data: { reading, ...(backOn === null ? {} : { awayUntil: backOn }) } };
  return recordAnswerAsAutomatic(scope, read, { awayUntil: backOn, plan }, audit);
}

/**
 * Returns the day on which the writer is back, as read from the answer's subject and text; null if
 * neither the subject nor the text names a day.
 */
function readDay({ data, occurredAt }: StoredReply, timeZone: string): string | null {
  return findReturnDay(data.subject ?? "", data.text ?? "", toIsoDay(occurredAt, timeZone));
}
