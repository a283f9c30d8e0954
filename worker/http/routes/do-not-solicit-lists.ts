import { Hono } from "hono";
import { type DoNotSolicitList, doNotSolicitImportQuery } from "../../../shared/do-not-solicit-list.ts";
import { limits } from "../../../shared/limits.ts";
import {
  type DoNotSolicitListRow,
  deleteDoNotSolicitList,
  listDoNotSolicitLists,
  replaceDoNotSolicitList,
} from "../../db/do-not-solicit.ts";
import { isDoNotSolicitListOld } from "../../domain/compliance/do-not-solicit.ts";
import { AppError } from "../../domain/errors.ts";
import { findStateCode } from "../../domain/schedule/zones.ts";
import { getRequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { parseDoNotSolicitCsv } from "../do-not-solicit-csv.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  parseId,
  parseInput,
  readCsv,
  refuseFaultyFields,
} from "../request.ts";
import { toIso } from "../views/instant.ts";

/** Routes of the lists of homes and zones whose owners must not be asked to sell. */
export const doNotSolicitListsRoutes = new Hono<AppEnv>()
  .get("/do-not-solicit-lists", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const { ctx, scope } = getRequestScope(c);
    const rows = await listDoNotSolicitLists(scope, limits.doNotSolicitLists);
    return c.json({ items: rows.map((row) => toListView(row, ctx.now())), nextCursor: null });
  })

  /** Imports a do-not-solicit list, in place of the earlier list of this name. */
  .post(
    "/do-not-solicit-lists",
    requires({ role: "teamLead", property: "none", owner: "anyone" }),
    async (c) => {
      const { ctx, scope, agentId } = getRequestScope(c);
      const { name, state, city = null, asOf } = parseInput(doNotSolicitImportQuery, c.req.query());
      const now = ctx.now();
      if (findStateCode(state) !== state) refuseFaultyFields({ state: "is not a US state" });
      if (Date.parse(asOf) > now) refuseFaultyFields({ asOf: "must not be in the future" });
      const parsed = parseDoNotSolicitCsv(await readCsv(c), { state, city });
      if (!parsed.ok) {
        refuseFaultyFields(parsed.fields);
        throw new AppError("invalidRequest", "The list can't be read.");
      }
      const { keys, lines } = parsed;
      const list = { id: ctx.newId(), name, state, city, asOf, lines, importedAt: now, importedBy: agentId };
      const isStored = await replaceDoNotSolicitList(scope, list, keys, limits.doNotSolicitLists, {
        ...buildAuditEntry({ ctx, agentId }, "doNotSolicitList.imported", `doNotSolicitLists/${list.id}`, {
          name,
          state,
          city,
          asOf,
          lines,
        }),
        at: now,
      });
      if (!isStored) {
        throw new AppError(
          "conflict",
          `An office can have at most ${limits.doNotSolicitLists} lists. Delete one first.`,
        );
      }
      return c.json(toListView(list, now), 201);
    },
  )

  .delete(
    "/do-not-solicit-lists/:id",
    requires({ role: "teamLead", property: "none", owner: "anyone" }),
    async (c) => {
      const { ctx, scope, agentId } = getRequestScope(c);
      const id = parseId(c.req.param("id"));
      const isDeleted = await deleteDoNotSolicitList(
        scope,
        id,
        buildAuditEntry({ ctx, agentId }, "doNotSolicitList.deleted", `doNotSolicitLists/${id}`),
      );
      if (!isDeleted) throw createNotFoundError();
      return c.body(null, 204);
    },
  );

function toListView(row: DoNotSolicitListRow, now: number): DoNotSolicitList {
  return { ...row, importedAt: toIso(row.importedAt), isOld: isDoNotSolicitListOld(row, now) };
}
