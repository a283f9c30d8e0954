import { Hono } from "hono";
import type { SuppressionSyncAnswer } from "../../../shared/suppression.ts";
import { syncSuppressions } from "../../accounts/sync-suppressions.ts";
import { findTenantAccount } from "../../db/provider-accounts.ts";
import { AppError } from "../../domain/errors.ts";
import { getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, parseId } from "../request.ts";
import { toIso } from "../views/instant.ts";

export const providerSuppressionsRoutes = new Hono<AppEnv>().post(
  "/provider-accounts/:id/sync-suppressions",
  requires({ role: "admin", property: "none", owner: "anyone" }),
  async (c) => {
    const { ctx, scope, agentId } = getRequestScope(c);
    const row = await findTenantAccount(scope, parseId(c.req.param("id")));
    if (row === undefined) throw createNotFoundError();
    const synced = await syncSuppressions(ctx, row, agentId);
    switch (synced.kind) {
      case "synced": {
        const { read, added, isComplete, syncedAt } = synced;
        return c.json<SuppressionSyncAnswer>({ read, added, isComplete, syncedAt: toIso(syncedAt) });
      }
      case "unsupported":
        throw new AppError("conflict", "This account's service doesn't keep these lists.");
      case "unavailable":
        throw new AppError("unavailable", `The service's lists couldn't be read: ${synced.detail}.`);
    }
  },
);
