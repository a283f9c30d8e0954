import { Hono } from "hono";
import { z } from "zod";
import { type TemplateDetail, templateInput, templatePatch } from "../../../shared/template.ts";
import {
  addTemplate,
  addTemplateVersion,
  deleteTemplate,
  findTemplate,
  listTemplates,
  type TemplateRow,
} from "../../db/templates.ts";
import { findTenant, type TenantRow } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { isLetterOfSequence } from "../../domain/sequence-content.ts";
import { buildWordingCheckOptions, checkWording } from "../../mail/template/check.ts";
import { listClaimsMade } from "../../mail/template/claims.ts";
import { findAccessibleTemplate, getRequestScope, type RequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  buildPage,
  createNotFoundError,
  pageQueryFields,
  parseInput,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { toTemplateView } from "../views/template.ts";

/** The most templates on a page. The page is small, because each template has its whole wording. */
const pageSize = 25;
const listQuery = z.object(pageQueryFields);

export const templatesRoutes = new Hono<AppEnv>()
  .get("/templates", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) => {
    const query = parseInput(listQuery, c.req.query());
    const limit = Math.min(query.limit ?? pageSize, pageSize);
    const before = query.cursor === undefined ? null : Number(query.cursor);
    const rows = await listTemplates(getRequestScope(c).scope, { before, limit: limit + 1 });
    return c.json(buildPage(rows, limit, toTemplateView));
  })

  .get("/templates/:id", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) =>
    c.json(toTemplateDetail(await findAccessibleTemplate(c), await findTenant(getRequestScope(c).scope), [])),
  )

  .post("/templates", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, templateInput);
    const office = buildWordingCheckOptions(await findTenant(desk.scope));
    const { variables, fields, bodyHtml, removed } = checkWording(input, {
      ...office,
      described: input.variables,
    });
    refuseFaultyFields(fields);
    const id = desk.ctx.newId();
    const claims = listClaimsMade({ ...input, bodyHtml });
    await addTemplate(desk.scope, { ...input, id, bodyHtml, variables, claims, at: desk.ctx.now() });
    return c.json(await loadTemplateDetail(desk, id, removed), 201);
  })

  .patch("/templates/:id", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const current = await findAccessibleTemplate(c);
    const { version, ...patch } = await readJson(c, templatePatch);
    if (isLetterOfSequence(current.presetKey)) {
      throw new AppError("conflict", "This letter belongs to a sequence. Change it there.");
    }
    if (version !== undefined && version !== current.version) throw createVersionError();
    const wanted = {
      name: patch.name ?? current.name,
      tags: patch.tags ?? current.tags,
      subject: patch.subject ?? current.subject,
      preheader: patch.preheader ?? current.preheader,
      bodyHtml: patch.bodyHtml ?? current.bodyHtml,
      bodyText: patch.bodyText ?? current.bodyText,
    };
    const described = patch.variables ?? current.variables;
    const { variables, fields, bodyHtml, removed } = checkWording(wanted, {
      ...buildWordingCheckOptions(await findTenant(desk.scope)),
      described,
    });
    refuseFaultyFields(fields);
    const { id, version: from } = current;
    const claims = listClaimsMade({ ...wanted, bodyHtml });
    const change = { ...wanted, id, bodyHtml, variables, claims, at: desk.ctx.now(), from };
    if (!(await addTemplateVersion(desk.scope, change))) throw createVersionError();
    return c.json(await loadTemplateDetail(desk, id, removed));
  })

  .delete("/templates/:id", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { id } = await findAccessibleTemplate(c);
    const isDeleted = await deleteTemplate(desk.scope, id, {
      id: desk.ctx.newId(),
      actor: desk.agentId,
      action: "template.deleted",
      subject: `templates/${id}`,
      at: desk.ctx.now(),
    });
    if (!isDeleted) {
      throw new AppError("conflict", "An unfinished campaign uses this template.");
    }
    return c.body(null, 204);
  });

async function loadTemplateDetail(
  { scope }: RequestScope,
  id: number,
  removed: TemplateDetail["removed"],
): Promise<TemplateDetail> {
  const [template, tenant] = await Promise.all([findTemplate(scope, id), findTenant(scope)]);
  if (template === undefined) throw createNotFoundError();
  return toTemplateDetail(template, tenant, removed);
}

/**
 * Builds a template's view. `lint` lists the faults of the stored wording, because campaigns send
 * the stored wording.
 */
function toTemplateDetail(
  template: TemplateRow,
  tenant: TenantRow | undefined,
  removed: TemplateDetail["removed"],
): TemplateDetail {
  const { lint } = checkWording(template, buildWordingCheckOptions(tenant));
  return { ...toTemplateView(template), lint, removed };
}

function createVersionError(): AppError {
  return new AppError(
    "conflict",
    "Someone else edited this template in the meantime. Reload it and try again.",
    {
      version: "is not the newest",
    },
  );
}
