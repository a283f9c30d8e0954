import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../../../shared/limits.ts";
import type { StartedProposal, StartProposal, StartProposals } from "../../../shared/start-rule.ts";
import {
  findProposal,
  listWaitingProposals,
  type StartProposalRow,
  setProposalDismissed,
} from "../../db/start-proposals.ts";
import { AppError } from "../../domain/errors.ts";
import { getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { proposalTaken } from "../campaign-creation.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, type HttpContext, parseId, parseInput } from "../request.ts";
import { seesProperty } from "../session.ts";
import { choosePeople, launchProposal } from "../start-proposals.ts";
import { loadRulesByStatus, loadSequenceNames } from "../start-rules.ts";
import { toIso } from "../views/instant.ts";

/** Routes of the campaigns that the office's start rules propose. */
export const startProposalsRoutes = new Hono<AppEnv>()
  .get("/start-proposals", requires({ role: "viewer", property: "own", owner: "anyone" }), async (c) => {
    parseInput(z.object({}).strict(), c.req.query());
    const { scope } = getRequestScope(c);
    const rows = await listWaitingProposals(scope, listVisiblePropertyIds(c), limits.listedProposals + 1);
    const items = await buildViews(c, rows.slice(0, limits.listedProposals));
    const answer: StartProposals = { items, hasMore: rows.length > limits.listedProposals };
    return c.json(answer);
  })

  /** Launches a proposal. If the proposal was launched before, answers with its campaign. */
  .post(
    "/start-proposals/:id/launch",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => {
      const proposal = await requireProposal(c);
      const campaignId = proposal.campaignId ?? (await launch(c, proposal));
      const answer: StartedProposal = { campaignId };
      return c.json(answer);
    },
  )

  .post(
    "/start-proposals/:id/dismiss",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => await setDismissed(c, true),
  )

  /** Undoes a dismissal. */
  .post(
    "/start-proposals/:id/restore",
    requires({ role: "agent", property: "own", owner: "anyone" }),
    async (c) => await setDismissed(c, false),
  );

async function launch(c: HttpContext, proposal: StartProposalRow): Promise<number> {
  const desk = getRequestScope(c);
  const rule = (await loadRulesByStatus(desk)).get(proposal.status);
  if (rule === undefined || proposal.state !== "waiting") throw new AppError("conflict", proposalTaken);
  const names = await loadSequenceNames(desk, [rule.sequenceId]);
  const name = names.get(rule.sequenceId) ?? proposal.status;
  try {
    return await launchProposal(c, proposal, { rule, name, dayStart: null });
  } catch (error) {
    // A double click or a second window has started the same proposal.
    const now = await findProposal(desk.scope, proposal.id);
    if (now?.campaignId == null) throw error;
    return now.campaignId;
  }
}

async function setDismissed(c: HttpContext, isDismissed: boolean): Promise<Response> {
  const desk = getRequestScope(c);
  const { id, state } = await requireProposal(c);
  const action = isDismissed ? "startProposal.dismissed" : "startProposal.restored";
  if (state === (isDismissed ? "dismissed" : "waiting")) return c.body(null, 204);
  const audit = buildAuditEntry(desk, action, `startProposals/${id}`);
  if (!(await setProposalDismissed(desk.scope, id, isDismissed, audit)))
    throw new AppError("conflict", proposalTaken);
  return c.body(null, 204);
}

/** @throws AppError notFound */
async function requireProposal(c: HttpContext): Promise<StartProposalRow> {
  const row = await findProposal(getRequestScope(c).scope, parseId(c.req.param("id")));
  if (row === null || !seesProperty(c.get("session"), row.propertyId)) throw createNotFoundError();
  return row;
}

async function buildViews(c: HttpContext, rows: readonly StartProposalRow[]): Promise<StartProposal[]> {
  if (rows.length === 0) return [];
  const desk = getRequestScope(c);
  const rules = await loadRulesByStatus(desk);
  const names = await loadSequenceNames(
    desk,
    [...rules.values()].map(({ sequenceId }) => sequenceId),
  );
  return rows.map((row) => {
    const { streetAddress, unparsedAddress } = row.facts?.address?.values ?? {};
    return {
      id: row.id,
      propertyId: row.propertyId,
      address: streetAddress ?? unparsedAddress ?? null,
      status: row.status,
      people: choosePeople(row).length,
      sequenceName: names.get(rules.get(row.status)?.sequenceId ?? "") ?? null,
      refusal: row.refusal,
      createdAt: toIso(row.createdAt),
    };
  });
}
