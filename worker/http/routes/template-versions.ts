import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import type { TemplateVersionSummary } from "../../../shared/template.ts";
import { findTemplateVersion, listTemplateVersions } from "../../db/template-versions.ts";
import { findAccessibleTemplate, getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, pageQueryFields, parseId, parseInput } from "../request.ts";
import { toIso } from "../views/instant.ts";
import { toTemplateVersionView } from "../views/template.ts";

const listQuery = z.object(pageQueryFields);

/**
 * Routes that read a template's versions. A version never changes and is never deleted, because
 * emails were made from the version.
 */
export const templateVersionsRoutes = new Hono<AppEnv>()
  .get(
    "/templates/:id/versions",
    requires({ role: "viewer", property: "none", owner: "anyone" }),
    async (c) => {
      const { id } = await findAccessibleTemplate(c);
      const query = parseInput(listQuery, c.req.query());
      const limit = Math.min(query.limit ?? limits.templateVersions, limits.templateVersions);
      const before = query.cursor === undefined ? null : Number(query.cursor);
      const rows = await listTemplateVersions(getRequestScope(c).scope, id, { before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const nextCursor = rows.length > limit ? String(shown.at(-1)?.version) : null;
      const items = shown.map(
        ({ createdAt, ...row }): TemplateVersionSummary => ({ ...row, createdAt: toIso(createdAt) }),
      );
      return c.json({ items, nextCursor });
    },
  )

  .get(
    "/templates/:id/versions/:version",
    requires({ role: "viewer", property: "none", owner: "anyone" }),
    async (c) => {
      const { id } = await findAccessibleTemplate(c);
      const version = await findTemplateVersion(
        getRequestScope(c).scope,
        id,
        parseId(c.req.param("version")),
      );
      if (version === undefined) throw createNotFoundError();
      return c.json(toTemplateVersionView(version));
    },
  );
