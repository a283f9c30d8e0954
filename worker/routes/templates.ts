import { Hono } from "hono";
import { z } from "zod";
import { templateInput, templatePatch } from "../../shared/template.ts";
import { type Desk, deskOf } from "../access.ts";
import { requires } from "../auth.ts";
import {
  addTemplate,
  addTemplateVersion,
  deleteTemplate,
  findTemplate,
  listTemplates,
  type TemplateRow,
} from "../db/templates.ts";
import { AppError } from "../domain/errors.ts";
import { type AppEnv, check, idOf, notFound, pageQuery, readJson, refuseFields, toPage } from "../http.ts";
import { templateView } from "../views.ts";
import { checkWording } from "../wording.ts";

/** Each carries its whole wording, so a page of them is short. */
const pageSize = 25;
const listQuery = z.object(pageQuery);

export const templates = new Hono<AppEnv>()
  .get("/templates", async (c) => {
    const query = check(listQuery, c.req.query());
    const limit = Math.min(query.limit ?? pageSize, pageSize);
    const before = query.cursor === undefined ? null : Number(query.cursor);
    const rows = await listTemplates(deskOf(c).scope, { before, limit: limit + 1 });
    return c.json(toPage(rows, limit, templateView));
  })

  .get("/templates/:id", async (c) =>
    c.json(templateView(await templateInReach(deskOf(c), c.req.param("id")))),
  )

  .post("/templates", requires("agent"), async (c) => {
    const desk = deskOf(c);
    const input = await readJson(c, templateInput);
    const { variables, fields } = checkWording(input);
    refuseFields(fields);
    const id = desk.ctx.newId();
    await addTemplate(desk.scope, { ...input, id, variables, at: desk.ctx.now() });
    return c.json(templateView(await templateInReach(desk, String(id))), 201);
  })

  .patch("/templates/:id", requires("agent"), async (c) => {
    const desk = deskOf(c);
    const current = await templateInReach(desk, c.req.param("id"));
    const { version, ...patch } = await readJson(c, templatePatch);
    if (version !== undefined && version !== current.version) throw editedMeanwhile();
    const wanted = {
      name: patch.name ?? current.name,
      tags: patch.tags ?? current.tags,
      subject: patch.subject ?? current.subject,
      bodyHtml: patch.bodyHtml ?? current.bodyHtml,
      bodyText: patch.bodyText ?? current.bodyText,
    };
    const { variables, fields } = checkWording(wanted);
    refuseFields(fields);
    const change = { ...wanted, id: current.id, variables, at: desk.ctx.now(), from: current.version };
    if (!(await addTemplateVersion(desk.scope, change))) throw editedMeanwhile();
    return c.json(templateView(await templateInReach(desk, String(current.id))));
  })

  .delete("/templates/:id", requires("agent"), async (c) => {
    const desk = deskOf(c);
    const { id } = await templateInReach(desk, c.req.param("id"));
    const isDeleted = await deleteTemplate(desk.scope, id, {
      id: desk.ctx.newId(),
      actor: desk.agentId,
      action: "template.deleted",
      subject: `templates/${id}`,
      at: desk.ctx.now(),
    });
    if (!isDeleted) {
      throw new AppError("conflict", "A campaign that is not finished uses this template.");
    }
    return c.body(null, 204);
  });

async function templateInReach({ scope }: Desk, id: string): Promise<TemplateRow> {
  const template = await findTemplate(scope, idOf(id));
  if (template === undefined) throw notFound();
  return template;
}

function editedMeanwhile(): AppError {
  return new AppError("conflict", "Somebody else has edited this template meanwhile.", {
    version: "is not the newest",
  });
}
