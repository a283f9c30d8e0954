import { Hono } from "hono";
import { z } from "zod";
import { workListScopes } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import { propertyId } from "../../../shared/property.ts";
import { type TaskAction, taskActions, taskClosingInput, taskPostponeInput } from "../../../shared/task.ts";
import type { AuditEntry } from "../../db/audit-log.ts";
import { loadCandidates } from "../../db/candidates.ts";
import { listOpenTasks, type TaskRow } from "../../db/task-list.ts";
import {
  closeReplyTask,
  closeTask,
  postponeTask,
  replyTaskStepNumber,
  type TaskClosing,
} from "../../db/tasks.ts";
import { AppError } from "../../domain/errors.ts";
import { advanceAfterNotNow, advanceAfterTask, planTaskPostponement } from "../../domain/send/sequence.ts";
import { findAccessibleTask, getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  pageQueryFields,
  parseInput,
  readJson,
  refuseFaultyFields,
  timeAndIdCursorSchema,
} from "../request.ts";
import { seesProperty } from "../session.ts";
import { formatTaskId, toTaskView } from "../views/task.ts";

const pageSize = 50;
const listQuery = z
  .object({
    ...pageQueryFields,
    cursor: timeAndIdCursorSchema.optional(),
    propertyId: propertyId.optional(),
    status: z.enum(["open"]).default("open"),
    reach: z.enum(workListScopes).default("office"),
  })
  .strict();

const outcomes = { done: "done", skip: "skipped" } as const satisfies Record<TaskAction, string>;

export const tasksRoutes = new Hono<AppEnv>().get(
  "/tasks",
  requires({ role: "viewer", property: "own", owner: "anyone" }),
  async (c) => {
    const query = parseInput(listQuery, c.req.query());
    const limit = query.limit ?? pageSize;
    if (query.propertyId !== undefined && !seesProperty(c.get("session"), query.propertyId)) {
      return c.json({ items: [], nextCursor: null });
    }
    const { ctx, scope, agentId } = getRequestScope(c);
    const rows = await listOpenTasks(scope, {
      agentId: query.reach === "mine" ? agentId : null,
      properties: query.propertyId === undefined ? listVisiblePropertyIds(c) : [query.propertyId],
      after: query.cursor ? { openedAt: query.cursor.at, recipientId: query.cursor.id } : null,
      limit: limit + 1,
      now: ctx.now(),
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last ? `${last.openedAt}-${last.recipientId}` : null;
    return c.json({ items: shown.map((row) => toTaskView(row, agentId)), nextCursor });
  },
);

/**
 * Postpones a task. The sequence then waits until the task's previous expiry or a day after the
 * postponement ends, whichever is later.
 */
tasksRoutes.post(
  "/tasks/:taskId/postpone",
  requires({ role: "agent", property: "own", owner: "anyone" }),
  async (c) => {
    const { ctx, scope, agentId } = getRequestScope(c);
    const task = await findAccessibleTask(c);
    const { days } = await readJson(c, taskPostponeInput);
    if (task.outcome !== null) throw new AppError("conflict", refusalWords[task.outcome]);
    const audit = buildAuditEntry({ ctx, agentId }, "task.postponed", `tasks/${formatTaskId(task)}`, {
      days,
    });
    const { recipientId, stepNumber } = task;
    const times = planTaskPostponement(task.expiresAt, audit.at, days);
    if (!(await postponeTask(scope, { recipientId, stepNumber, ...times }, audit)))
      throw new AppError("conflict", "This task changed in the meantime. Reload and try again.");
    return c.json(toTaskView(await findAccessibleTask(c), getRequestScope(c).agentId));
  },
);

for (const action of taskActions) {
  tasksRoutes.post(
    `/tasks/:taskId/${action}`,
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      await closeNamedTask(c, action);
      return c.json(toTaskView(await findAccessibleTask(c), getRequestScope(c).agentId));
    },
  );
}

/**
 * Closes the task whose id is in the path. A repeated request with the same outcome changes nothing
 * and succeeds, because the first answer can be lost.
 * @throws AppError conflict if the task has another outcome
 */
async function closeNamedTask(c: HttpContext, action: TaskAction): Promise<void> {
  const { ctx, scope, agentId } = getRequestScope(c);
  const task = await findAccessibleTask(c);
  const { note = null, result = null } = await readJson(c, taskClosingInput);
  if (action === "skip" && result !== null) {
    refuseFaultyFields({ result: "is allowed only for a task that is done" });
  }
  const outcome = outcomes[action];
  const now = ctx.now();
  const audit = {
    ...buildAuditEntry({ ctx, agentId }, `task.${outcome}`, `tasks/${formatTaskId(task)}`),
    at: now,
  };
  const closing = { recipientId: task.recipientId, outcome, result, note };
  const isClosed =
    task.outcome === null &&
    (task.stepNumber === replyTaskStepNumber
      ? await closeReplyTask(scope, closing, audit)
      : await closeStepTask(c, task, closing, audit));
  if (isClosed) return;
  const { outcome: before } = await findAccessibleTask(c);
  if (before === null)
    throw new AppError("conflict", "This task changed in the meantime. Reload and try again.");
  if (before !== outcome) throw new AppError("conflict", refusalWords[before]);
}

/** Closes a task of a step, and plans the recipient's next step. */
async function closeStepTask(
  c: HttpContext,
  { stepNumber, campaignId }: TaskRow,
  closing: TaskClosing,
  audit: AuditEntry,
): Promise<boolean> {
  const { ctx, scope } = getRequestScope(c);
  const [candidate] = await loadCandidates(scope.db, [closing.recipientId], scope.tenantId);
  if (candidate === undefined) throw createNotFoundError();
  const isNotNow = closing.result === "notNow";
  const progress = isNotNow
    ? advanceAfterNotNow(candidate, audit.at, limits.notNowDays, ctx.random())
    : advanceAfterTask(candidate, audit.at, audit.at, ctx.random());
  const snoozedUntil = isNotNow ? progress.scheduledAt : null;
  return await closeTask(scope, { ...closing, stepNumber, campaignId, progress, snoozedUntil }, audit);
}

const refusalWords = {
  done: "This task is already done.",
  skipped: "This task was already skipped.",
  expired: "This task ran out of time, and the sequence continued without it.",
  stopped: "This recipient was stopped, so the task was closed.",
} as const;
