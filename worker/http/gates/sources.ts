import type { CampaignApproval } from "../../../shared/campaign-approval.ts";
import type { GateReason } from "../../../shared/gate-reason.ts";
import { type RecipientSource, recipientSources } from "../../../shared/vocabulary.ts";
import { findTenant } from "../../db/tenants.ts";
import { listSourcesToApprove } from "../../domain/compliance/source-rules.ts";
import type { AppError } from "../../domain/errors.ts";
import { getRequestScope } from "../access.ts";
import { hasRole } from "../permissions.ts";
import { createNotFoundError, type HttpContext } from "../request.ts";
import { toIso } from "../views/instant.ts";
import { createGateError } from "./error.ts";

/** Tells whether the session may approve campaigns and templates. */
export function mayApprove(c: HttpContext): boolean {
  return hasRole(c.get("session"), "teamLead");
}

/**
 * The approval that a launch has or waits for, and the sources that need an approval but do not
 * have one. `approval` is null if the launch needs no approval.
 */
export type LaunchApproval = { approval: CampaignApproval | null; unapproved: RecipientSource[] };

/**
 * Returns the approval of a launch to people from these sources. A launch by a team lead is
 * approved at once; a launch by anybody else waits.
 * @param before the approval that the campaign has; a launch that already waits keeps the agent and
 *   the time of its first request
 */
export async function resolveLaunchApproval(
  c: HttpContext,
  sources: readonly RecipientSource[],
  before: CampaignApproval | null,
): Promise<LaunchApproval> {
  const { ctx, agentId } = getRequestScope(c);
  const all = await listSensitiveSources(c);
  const needed = all.filter((source) => sources.includes(source));
  if (needed.length === 0) return { approval: null, unapproved: all };
  const at = toIso(ctx.now());
  const isApproved = mayApprove(c);
  const asked = before?.verdict === "waiting" ? before : null;
  const approval: CampaignApproval = {
    verdict: isApproved ? "approved" : "waiting",
    sources: needed,
    askedBy: asked?.askedBy ?? agentId,
    askedAt: asked?.askedAt ?? at,
    decidedBy: isApproved ? agentId : null,
    decidedAt: isApproved ? at : null,
    note: null,
  };
  return { approval, unapproved: all.filter((source) => !isApproved || !needed.includes(source)) };
}

/**
 * Says whether people may join a campaign. `covered`: the people need no approval, or the
 * campaign's approval covers their sources. `given`: a team lead adds the people, and the approval
 * covers their sources from now on. `missing`: a team lead must approve these sources.
 */
export type JoiningApproval =
  | { kind: "covered" }
  | { kind: "given"; approval: CampaignApproval; sources: RecipientSource[] }
  | { kind: "missing"; sources: RecipientSource[] };

/**
 * Checks whether people from these sources may join a campaign, and returns the extended approval
 * if a team lead adds the people.
 */
export async function resolveJoiningApproval(
  c: HttpContext,
  before: CampaignApproval | null,
  sources: readonly RecipientSource[],
): Promise<JoiningApproval> {
  const { ctx, agentId } = getRequestScope(c);
  const covered = before?.verdict === "approved" ? before.sources : [];
  const sensitive = await listSensitiveSources(c);
  const missing = sensitive.filter((source) => sources.includes(source) && !covered.includes(source));
  if (missing.length === 0) return { kind: "covered" };
  if (!mayApprove(c)) return { kind: "missing", sources: missing };
  const at = toIso(ctx.now());
  const approval: CampaignApproval = {
    verdict: "approved",
    sources: [...covered, ...missing],
    askedBy: agentId,
    askedAt: at,
    decidedBy: agentId,
    decidedAt: at,
    note: null,
  };
  return { kind: "given", approval, sources: missing };
}

/** Builds the refusal of people from sources that the campaign's approval does not cover. */
export function createUnapprovedSourcesError(
  missing: readonly RecipientSource[],
  sources: readonly RecipientSource[],
): AppError {
  const build = (...named: RecipientSource[]): GateReason => ({ code: "sourcesNeedLead", sources: named });
  const fields = sources.flatMap((source, index) =>
    missing.includes(source) ? [[`recipients.${index}.source`, build(source)] as const] : [],
  );
  return createGateError(build(...missing), { fields: fields.slice(0, 20) });
}

/** Returns every source that needs an approval in this office. */
async function listSensitiveSources(c: HttpContext): Promise<RecipientSource[]> {
  const tenant = await findTenant(getRequestScope(c).scope);
  if (tenant === undefined) throw createNotFoundError();
  return listSourcesToApprove(recipientSources, tenant.sourceRules);
}
