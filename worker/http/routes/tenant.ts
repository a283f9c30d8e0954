import { Hono } from "hono";
import { claimAttestationInput } from "../../../shared/claim.ts";
import { limits } from "../../../shared/limits.ts";
import { type Tenant, tenantPatch } from "../../../shared/tenant.ts";
import { type LetterClaim, letterClaims, recipientSources } from "../../../shared/vocabulary.ts";
import type { AuditEntry } from "../../db/audit-log.ts";
import { dropAllKeptAnswers } from "../../db/kept-answers.ts";
import { listSenderDaySlots } from "../../db/senders.ts";
import { findTenant, setClaimAttestation, updateTenant } from "../../db/tenants.ts";
import { listSourcesToApprove } from "../../domain/compliance/source-rules.ts";
import { sumDomainVolumes } from "../../domain/send/domain-volume.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, readJson } from "../request.ts";
import { toIso } from "../views/instant.ts";

/**
 * Routes of the tenant's settings. Every role may read the settings, and only admins may change the
 * settings.
 */
export const tenantRoutes = new Hono<AppEnv>()
  .get("/tenant", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) =>
    c.json(await loadTenantView(getRequestScope(c))),
  )

  .patch("/tenant", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { ctx, scope, agentId } = desk;
    const patch = await readJson(c, tenantPatch);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    await updateTenant(
      scope,
      given,
      buildAuditEntry({ ctx, agentId }, "tenant.changed", `tenants/${scope.tenantId}`, {
        fields: Object.keys(given),
      }),
    );
    await dropAllKeptAnswers(scope);
    return c.json(await loadTenantView(desk));
  })

  /**
   * Attests a claim for the office (confirms that the claim is true), so that the office's wordings
   * may make the claim.
   */
  .post("/tenant/claims", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { claim, words } = await readJson(c, claimAttestationInput);
    const attestation = { by: desk.agentId, at: toIso(desk.ctx.now()), words };
    await setClaimAttestation(desk.scope, claim, attestation, buildClaimEntry(desk, "claim.attested", claim));
    return c.json(await loadTenantView(desk), 201);
  })

  /** Withdraws an attestation. Wordings that make the claim can't be saved from then on. */
  .delete(
    "/tenant/claims/:claim",
    requires({ role: "admin", property: "none", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const claim = letterClaims.find((one) => one === c.req.param("claim"));
      if (claim === undefined) throw createNotFoundError();
      await setClaimAttestation(desk.scope, claim, null, buildClaimEntry(desk, "claim.withdrawn", claim));
      return c.json(await loadTenantView(desk));
    },
  );

const buildClaimEntry = (
  { ctx, scope, agentId }: RequestScope,
  action: string,
  claim: LetterClaim,
): AuditEntry => buildAuditEntry({ ctx, agentId }, action, `tenants/${scope.tenantId}`, { claim });

async function loadTenantView({ ctx, scope }: RequestScope): Promise<Tenant> {
  const [row, days] = await Promise.all([
    findTenant(scope),
    listSenderDaySlots(scope, limits.sendersCounted),
  ]);
  if (row === undefined) throw createNotFoundError();
  const { id: _id, stoppedAt, ...settings } = row;
  return {
    ...settings,
    volumes: sumDomainVolumes(days, ctx.now()),
    stateRulesUrl: `${ctx.settings.PUBLIC_URL}/state-rules`,
    approvalSources: listSourcesToApprove(recipientSources, settings.sourceRules),
    stoppedAt: stoppedAt === null ? null : toIso(stoppedAt),
  };
}
