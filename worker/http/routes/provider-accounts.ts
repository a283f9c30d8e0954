import { Hono } from "hono";
import type { z } from "zod";
import { providerAccountInput, providerAccountPatch } from "../../../shared/provider-account.ts";
import { refreshVerifiedDomains, sealAccountCredentials } from "../../accounts/check.ts";
import { listUnverifiedSendersPerAccount } from "../../db/account-routes.ts";
import { retryWithFreshIds } from "../../db/batch-guard.ts";
import {
  type AccountChange,
  createAccount,
  findTenantAccount,
  listAccounts,
  type ProviderAccountRow,
  updateAccount,
} from "../../db/provider-accounts.ts";
import { AppError } from "../../domain/errors.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseId, readJson, refuseFaultyFields } from "../request.ts";
import { toProviderAccountView } from "../views/provider-account.ts";

type Patch = z.output<typeof providerAccountPatch>;

export const providerAccountsRoutes = new Hono<AppEnv>()
  .get("/provider-accounts", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const [rows, uncovered] = await Promise.all([
      listAccounts(desk.scope),
      listUnverifiedSendersPerAccount(desk.scope),
    ]);
    const items = await Promise.all(rows.map((row) => toProviderAccountView(desk.ctx, row, uncovered)));
    return c.json({ items, nextCursor: null });
  })

  .post("/provider-accounts", requires({ role: "admin", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { credentials, ...input } = await readJson(c, providerAccountInput);
    const { provider } = credentials;
    refuseFaultyFields(findDomainFaults(provider, input.verifiedDomains));
    const now = desk.ctx.now();
    const id = await retryWithFreshIds(async () => {
      const fresh = desk.ctx.newId();
      const sealedCredentials = await sealAccountCredentials(desk.ctx, fresh, credentials);
      const pausedAt = input.isPaused ? now : null;
      const row = { ...input, id: fresh, provider, sealedCredentials, pausedAt, createdAt: now };
      const audit = buildAccountAuditEntry(desk, "providerAccount.created", fresh, { provider, ...input });
      if (!(await createAccount(desk.scope, row, audit))) throw createLimitError();
      return fresh;
    });
    await refreshVerifiedDomains(desk.ctx, await findAccessibleAccount(desk, id));
    return c.json(await loadAccountView(desk, id), 201);
  })

  .patch(
    "/provider-accounts/:id",
    requires({ role: "admin", property: "none", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const row = await findAccessibleAccount(desk, parseId(c.req.param("id")));
      const patch = await readJson(c, providerAccountPatch);
      refuseFaultyFields({
        ...findServiceFaults(row, patch),
        ...findDomainFaults(row.provider, patch.verifiedDomains),
      });
      const audit = buildAccountAuditEntry(desk, "providerAccount.changed", row.id, patch);
      await updateAccount(desk.scope, row.id, await buildAccountChange(desk, row, patch), audit);
      if (patch.credentials !== undefined)
        await refreshVerifiedDomains(desk.ctx, await findAccessibleAccount(desk, row.id));
      return c.json(await loadAccountView(desk, row.id));
    },
  )

  .post(
    "/provider-accounts/:id/check",
    requires({ role: "admin", property: "none", owner: "anyone" }),
    async (c) => {
      const desk = getRequestScope(c);
      const row = await findAccessibleAccount(desk, parseId(c.req.param("id")));
      const answer = await refreshVerifiedDomains(desk.ctx, row);
      if (answer.kind === "unavailable") {
        throw new AppError(
          "unavailable",
          `The service can't say right now: ${answer.detail}. Try again later.`,
        );
      }
      return c.json(await loadAccountView(desk, row.id));
    },
  );

/**
 * Returns the columns to write. Resuming an account, or changing its credentials, also closes the
 * account's circuit, so that emails go through the account again.
 */
async function buildAccountChange(
  { ctx }: RequestScope,
  row: ProviderAccountRow,
  patch: Patch,
): Promise<AccountChange> {
  const { credentials, isPaused, ...plain } = patch;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const isPauseChange = isPaused !== undefined && isPaused !== row.isPaused;
  const isMended = credentials !== undefined || isPaused === false;
  return {
    // The verified domains belong to the old key, so the domains are cleared until the next check.
    ...(credentials === undefined || row.provider === "smtp"
      ? {}
      : { verifiedDomains: null, domainsCheckedAt: null }),
    ...given,
    ...(isPauseChange ? { isPaused, pauseReason: null, pausedAt: isPaused ? ctx.now() : null } : {}),
    ...(isMended ? { circuitFailures: 0, circuitOpenUntil: 0 } : {}),
    ...(credentials === undefined
      ? {}
      : { sealedCredentials: await sealAccountCredentials(ctx, row.id, credentials) }),
  };
}

function findServiceFaults(row: ProviderAccountRow, { credentials }: Patch): Record<string, string> {
  const isOther = credentials !== undefined && credentials.provider !== row.provider;
  return isOther ? { "credentials.provider": `must stay ${row.provider}; add another account instead` } : {};
}

function findDomainFaults(
  provider: ProviderAccountRow["provider"],
  verifiedDomains: readonly string[] | null | undefined,
): Record<string, string> {
  const isGiven = verifiedDomains !== null && verifiedDomains !== undefined;
  return isGiven && provider !== "smtp" ? { verifiedDomains: "is set by the service itself" } : {};
}

async function loadAccountView({ ctx, scope }: RequestScope, id: number) {
  const [row, uncovered] = await Promise.all([
    findTenantAccount(scope, id),
    listUnverifiedSendersPerAccount(scope),
  ]);
  if (row === undefined) throw createNotFoundError();
  return await toProviderAccountView(ctx, row, uncovered);
}

async function findAccessibleAccount({ scope }: RequestScope, id: number): Promise<ProviderAccountRow> {
  const row = await findTenantAccount(scope, id);
  if (row === undefined) throw createNotFoundError();
  return row;
}

/**
 * Builds an audit entry with the names of the changed fields. Values are left out, because they can
 * be credentials.
 */
function buildAccountAuditEntry({ ctx, agentId }: RequestScope, action: string, id: number, given: object) {
  const data = { fields: Object.keys(given) };
  return buildAuditEntry({ ctx, agentId }, action, `provider_accounts/${id}`, data);
}

function createLimitError(): AppError {
  return new AppError("conflict", "Your office has reached the limit for provider accounts.");
}
