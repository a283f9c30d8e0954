import { Hono } from "hono";
import { z } from "zod";
import { senderInput, senderPatch } from "../../../shared/sender.ts";
import { retryWithFreshIds } from "../../db/batch-guard.ts";
import { dropAllKeptAnswers } from "../../db/kept-answers.ts";
import { toSenderPace } from "../../db/sender-pace.ts";
import {
  createSender,
  findSender,
  listSenders,
  type SenderChange,
  type SenderRow,
  updateSender,
} from "../../db/senders.ts";
import {
  findRepeatedLicenseStatePosition,
  type LicensedAgent,
} from "../../domain/compliance/agent-license.ts";
import { AppError } from "../../domain/errors.ts";
import { toIntervalMs } from "../../domain/send/interval.ts";
import { applyNewPaceLimits } from "../../domain/send/pacing.ts";
import { slotHorizonMs } from "../../send/sequencer.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  buildPage,
  createNotFoundError,
  pageQueryFields,
  parseId,
  parseInput,
  readJson,
} from "../request.ts";
import { toSenderView } from "../views/sender.ts";

const pageSize = 50;
const listQuery = z.object(pageQueryFields);
/**
 * The most tries to change a sender. A try fails if a tick (a run of the cron trigger) takes send
 * slots between the read and the write.
 */
const maxTries = 3;

export const sendersRoutes = new Hono<AppEnv>()
  .get("/senders", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const query = parseInput(listQuery, c.req.query());
    const limit = query.limit ?? pageSize;
    const after = query.cursor === undefined ? null : Number(query.cursor);
    const rows = await listSenders(scope, { after, limit: limit + 1 });
    return c.json(buildPage(rows, limit, (row) => toSenderView(row, ctx.now())));
  })

  .post("/senders", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { ratePerSecond, ...input } = await readJson(c, senderInput);
    requireOneLicensePerState(input);
    const id = await retryWithFreshIds(async () => {
      const fresh = desk.ctx.newId();
      const row = { ...input, id: fresh, intervalMs: toIntervalMs(ratePerSecond), createdAt: desk.ctx.now() };
      const isNew = await createSender(
        desk.scope,
        row,
        buildSenderAuditEntry(desk, "sender.created", fresh, input),
      );
      if (!isNew) throw createAddressTakenError();
      return fresh;
    });
    return c.json(toSenderView(await findAccessibleSender(desk, id), desk.ctx.now()), 201);
  })

  .patch("/senders/:id", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const id = parseId(c.req.param("id"));
    const patch = await readJson(c, senderPatch);
    for (let attempt = 1; attempt <= maxTries; attempt += 1) {
      const row = await findAccessibleSender(desk, id);
      const change = buildSenderChange(row, patch, desk.ctx.now());
      const refusal = await updateSender(
        desk.scope,
        row,
        change,
        buildSenderAuditEntry(desk, "sender.changed", id, patch),
      );
      if (refusal === "taken") throw createAddressTakenError();
      if (refusal === null) {
        await dropAllKeptAnswers(desk.scope);
        return c.json(toSenderView(await findAccessibleSender(desk, id), desk.ctx.now()));
      }
    }
    throw new AppError("unavailable", "The sender is busy right now. Try again shortly.");
  });

/**
 * Returns the columns to write. New limits also change the time of the sender's next free send
 * slot.
 */
function buildSenderChange(row: SenderRow, patch: z.output<typeof senderPatch>, now: number): SenderChange {
  const { ratePerSecond, ...plain } = patch;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const changed: SenderRow = { ...row, ...given };
  requireOneLicensePerState(changed);
  if (ratePerSecond !== undefined) changed.intervalMs = toIntervalMs(ratePerSecond);
  const { nextSlotAt, capDay, slotsToday } = applyNewPaceLimits(
    toSenderPace(row),
    toSenderPace(changed),
    now,
    slotHorizonMs,
  );
  const resumedAt = row.isPaused && !changed.isPaused ? now : row.resumedAt;
  return { ...given, intervalMs: changed.intervalMs, nextSlotAt, capDay, slotsToday, resumedAt };
}

/** @throws AppError invalidRequest if two licenses are from the same state */
function requireOneLicensePerState(holder: LicensedAgent): void {
  const position = findRepeatedLicenseStatePosition(holder);
  if (position === null) return;
  throw new AppError("invalidRequest", "A sender has one license of each state.", {
    [`otherLicenses.${position}.licenseState`]: "must be a state that no other license is from",
  });
}

async function findAccessibleSender({ scope }: RequestScope, id: number): Promise<SenderRow> {
  const row = await findSender(scope, id);
  if (row === undefined) throw createNotFoundError();
  return row;
}

/**
 * Builds an audit entry with the names of the changed fields. Values are left out, because they can
 * be addresses.
 */
function buildSenderAuditEntry({ ctx, agentId }: RequestScope, action: string, id: number, given: object) {
  const data = { fields: Object.keys(given) };
  return buildAuditEntry({ ctx, agentId }, action, `senders/${id}`, data);
}

function createAddressTakenError(): AppError {
  return new AppError("conflict", "There's already a sender with this address.", {
    fromEmail: "is already one of your senders",
  });
}
