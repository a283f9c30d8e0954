import { Hono } from "hono";
import { z } from "zod";
import { emailAddress } from "../../../shared/primitives.ts";
import {
  type Suppression,
  type SuppressionImportResult,
  suppressionRemovalInput,
  suppressionsInput,
} from "../../../shared/suppression.ts";
import { suppressionReasons } from "../../../shared/vocabulary.ts";
import {
  findSuppression,
  listSuppressions,
  removeSuppression,
  type SuppressedAddress,
  suppressAddresses,
} from "../../db/suppressions.ts";
import { AppError } from "../../domain/errors.ts";
import { getSuppressionLiftRequirements } from "../../domain/receive/suppression.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { hasRole, requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  pageQueryFields,
  parseInput,
  readCsv,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { formatSuppressionCsv, parseSuppressionCsv, suppressionCsvHeader } from "../suppression-csv.ts";
import { toIso } from "../views/instant.ts";

const pageSize = 50;
const exportPageSize = 1000;
const cursor = z
  .string()
  .max(600)
  .regex(/^[\w-]+$/, "must be the nextCursor of the previous page");
const listQuery = z.object({
  limit: pageQueryFields.limit,
  cursor: cursor.optional(),
  reason: z.enum(suppressionReasons).optional(),
  email: emailAddress.optional(),
});
const importQuery = z.object({ reason: z.enum(suppressionReasons).optional() });

/**
 * Routes of the do-not-email list. The list belongs to no property, so every route needs a token
 * for all properties.
 */
export const suppressionsRoutes = new Hono<AppEnv>()
  .get("/suppressions", requires({ role: "viewer", property: "every", owner: "anyone" }), async (c) => {
    const { scope } = getRequestScope(c);
    const { limit = pageSize, email, reason = null, ...query } = parseInput(listQuery, c.req.query());
    if (email !== undefined) {
      const found = await findSuppression(scope, email);
      const isWanted = found !== null && (reason === null || found.reason === reason);
      return c.json({ items: isWanted ? [toSuppressionView(found)] : [], nextCursor: null });
    }
    const after = query.cursor === undefined ? "" : decodeCursor(query.cursor);
    const { rows, last } = await listSuppressions(scope, { after, reason, limit });
    return c.json({
      items: rows.map(toSuppressionView),
      nextCursor: last === null ? null : encodeCursor(last),
    });
  })

  .post("/suppressions", requires({ role: "agent", property: "every", owner: "anyone" }), async (c) => {
    const { emails, note } = await readJson(c, suppressionsInput);
    const unique = [...new Set(emails)];
    return c.json(
      await addToSuppressionList(
        getRequestScope(c),
        unique.map((email) => ({ email, reason: "manual", note: note ?? null })),
      ),
    );
  })

  .post(
    "/suppressions/import",
    requires({ role: "teamLead", property: "every", owner: "anyone" }),
    async (c) => {
      const { reason = null } = parseInput(importQuery, c.req.query());
      const list = parseSuppressionCsv(await readCsv(c), reason);
      if (!list.ok) {
        refuseFaultyFields(list.fields);
        throw new AppError("invalidRequest", "The list can't be read.");
      }
      const answer: SuppressionImportResult = {
        ...(await addToSuppressionList(getRequestScope(c), list.rows)),
        notAddresses: list.notAddresses,
      };
      return c.json(answer);
    },
  )

  .get(
    "/suppressions/export.csv",
    requires({ role: "teamLead", property: "every", owner: "anyone" }),
    (c) => {
      return c.body(createCsvStream(getRequestScope(c)), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="suppressions.csv"',
      });
    },
  )

  .delete("/suppressions", requires({ role: "agent", property: "every", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { email, note } = await readJson(c, suppressionRemovalInput);
    const found = await findSuppression(desk.scope, email);
    if (found === null) throw createNotFoundError();
    const needs = getSuppressionLiftRequirements(found.reason);
    if (!hasRole(c.get("session"), needs.role)) {
      throw new AppError("forbidden", "They asked for no more emails. Only a team lead can take that back.");
    }
    if (needs.note && note === undefined) {
      refuseFaultyFields({ note: "must say why someone who asked for no more emails can be emailed again" });
    }
    const data = { reason: found.reason, source: found.source, ...(note === undefined ? {} : { note }) };
    const lifting = { email, reason: found.reason, batchId: desk.ctx.newId() };
    const staysStopped = await removeSuppression(
      desk.scope,
      lifting,
      buildSuppressionAuditEntry(desk, "suppression.lifted", data),
    );
    if (staysStopped === null)
      throw new AppError("conflict", "Someone else changed it in the meantime. Reload and try again.");
    return c.json({ email, staysStopped });
  });

async function addToSuppressionList(
  desk: RequestScope,
  list: readonly { email: string; reason: SuppressedAddress["reason"]; note: string | null }[],
) {
  const rows = list.map(({ email, reason, note }) => ({
    email,
    reason,
    source: desk.agentId,
    evidence: note === null ? {} : { note },
  }));
  const audit = buildSuppressionAuditEntry(desk, "suppressions.added", { count: rows.length });
  const { added, stopped } = await suppressAddresses(desk.scope, rows, audit);
  return { added, alreadyThere: rows.length - added, stopped };
}

/** Builds an audit entry without addresses. */
function buildSuppressionAuditEntry(
  { ctx, agentId }: RequestScope,
  action: string,
  data: Record<string, unknown>,
) {
  return buildAuditEntry({ ctx, agentId }, action, "suppressions", data);
}

/**
 * Returns a stream of the list as CSV. Each page is read after the client has received the previous
 * page.
 */
function createCsvStream({ scope }: RequestScope): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: string | null = "";
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(suppressionCsvHeader)),
    async pull(controller) {
      while (after !== null) {
        const { rows, last } = await listSuppressions(scope, { after, reason: null, limit: exportPageSize });
        after = last;
        if (rows.length > 0) return controller.enqueue(encoder.encode(formatSuppressionCsv(rows)));
      }
      controller.close();
    },
  });
}

function toSuppressionView({ email, reason, source, evidence, createdAt }: SuppressedAddress): Suppression {
  const text = (name: string) => (typeof evidence[name] === "string" ? evidence[name] : null);
  const count = (name: string) => (typeof evidence[name] === "number" ? evidence[name] : null);
  return {
    email,
    reason,
    source,
    evidence: {
      recipientId: count("recipientId"),
      stepNumber: count("stepNumber"),
      kind: text("kind"),
      status: text("status"),
      diagnostic: text("diagnostic"),
      softBounces: count("softBounces"),
      note: text("note"),
    },
    createdAt: toIso(createdAt),
  };
}

/** Encodes an address as a cursor. `btoa` is enough, because addresses are ASCII. */
const encodeCursor = (email: string) =>
  btoa(email).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function decodeCursor(text: string): string {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new AppError("invalidRequest", "Some values aren't valid. Correct them and try again.", {
      cursor: "must be the nextCursor of the previous page",
    });
  }
}
