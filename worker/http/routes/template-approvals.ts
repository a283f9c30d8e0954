import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import {
  type TemplateApproval,
  type TemplateApprovalCounts,
  templateApprovalInput,
  templateDecisionInput,
} from "../../../shared/template-approval.ts";
import { templateVerdicts } from "../../../shared/vocabulary.ts";
import { loadAgentNames } from "../../db/agents.ts";
import {
  askForTemplateApproval,
  decideTemplateApprovals,
  listLetterVerdicts,
  listTemplateApprovals,
  type TemplateApprovalRow,
} from "../../db/template-approvals.ts";
import { getRequestScope } from "../access.ts";
import { toNamedAgent } from "../agents.ts";
import { listLettersForApproval } from "../asked-letters.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { mayApprove } from "../gates/sources.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseInput, readJson } from "../request.ts";
import { toIso } from "../views/instant.ts";

const listQuery = z.object({
  verdict: z.enum(templateVerdicts).default("waiting"),
  cursor: z
    .string()
    .regex(/^\d{1,6}$/, "must be the nextCursor of an earlier answer")
    .transform(Number)
    .default(0),
});

/** Routes of the letters that agents may use only with a team lead's approval. */
export const templateApprovalsRoutes = new Hono<AppEnv>()
  .get("/template-approvals", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const { scope } = getRequestScope(c);
    const { verdict, cursor } = parseInput(listQuery, c.req.query());
    const limit = limits.approvalsPerPage;
    const rows = await listTemplateApprovals(scope, verdict, { offset: cursor, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const names = await loadAgentNames(
      scope,
      shown.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy ?? askedBy]),
    );
    const nextCursor = rows.length > limit ? String(cursor + limit) : null;
    return c.json({ items: shown.map((row) => toApprovalView(row, names)), nextCursor });
  })

  /** Asks a team lead to approve letters. A team lead's own request approves the letters. */
  .post("/template-approvals", requires({ role: "agent", property: "own", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const letters = await listLettersForApproval(c, await readJson(c, templateApprovalInput));
    const isApproved = mayApprove(c);
    const action = isApproved ? "templates.approved" : "templates.approvalAsked";
    const hashes = letters.map(({ hash }) => hash);
    const audit = buildAuditEntry(desk, action, "templateApprovals", { hashes });
    await askForTemplateApproval(desk.scope, letters, isApproved, audit);
    const verdicts = await listLetterVerdicts(desk.scope, hashes);
    const count = (verdict: keyof TemplateApprovalCounts) =>
      verdicts.filter((one) => one.verdict === verdict).length;
    const answer: TemplateApprovalCounts = {
      waiting: count("waiting"),
      approved: count("approved"),
      returned: count("returned"),
    };
    return c.json(answer, 201);
  })

  /** Approves letters that wait for approval, or sends the letters back with a note. */
  .post(
    "/template-approvals/decide",
    requires({ role: "teamLead", property: "none", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const { hashes, verdict, note = null } = await readJson(c, templateDecisionInput);
      const action = verdict === "approved" ? "templates.approved" : "templates.returned";
      const audit = buildAuditEntry(desk, action, "templateApprovals", { hashes, note });
      const decided = await decideTemplateApprovals(desk.scope, hashes, { verdict, note }, audit);
      if (decided === 0) throw createNotFoundError();
      const answer: TemplateApprovalCounts = { waiting: 0, approved: 0, returned: 0, [verdict]: decided };
      return c.json(answer);
    },
  );

function toApprovalView(row: TemplateApprovalRow, names: ReadonlyMap<string, string>): TemplateApproval {
  const { askedBy, askedAt, decidedBy, decidedAt, ...letter } = row;
  return {
    ...letter,
    askedBy: toNamedAgent(askedBy, names),
    askedAt: toIso(askedAt),
    decidedBy: decidedBy === null ? null : toNamedAgent(decidedBy, names),
    decidedAt: decidedAt === null ? null : toIso(decidedAt),
  };
}
