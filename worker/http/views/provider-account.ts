import type { ProviderAccount } from "../../../shared/provider-account.ts";
import type { Ctx } from "../../context.ts";
import type { ProviderAccountRow } from "../../db/provider-accounts.ts";
import { getCircuitState } from "../../domain/send/circuit.ts";
import { createInboundKey } from "../../mail/inbound/key.ts";
import { toIso, toIsoOrNull } from "./instant.ts";

/**
 * Builds an admin's view of a provider account. The credentials are left out.
 * @param uncovered pairs of an account and a sender whose From address the account has not verified
 */
export async function toProviderAccountView(
  ctx: Ctx,
  row: ProviderAccountRow,
  uncovered: readonly { accountId: number; senderId: number }[],
): Promise<ProviderAccount> {
  const circuit = { failures: row.circuitFailures, openUntil: row.circuitOpenUntil };
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    priority: row.priority,
    isPaused: row.isPaused,
    pauseReason: row.pauseReason,
    pausedAt: toIsoOrNull(row.pausedAt),
    circuit: {
      state: getCircuitState(circuit, ctx.now()),
      failures: circuit.failures,
      openUntil: circuit.openUntil > ctx.now() ? toIso(circuit.openUntil) : null,
    },
    verifiedDomains: row.verifiedDomains,
    domainsCheckedAt: toIsoOrNull(row.domainsCheckedAt),
    uncoveredSenderIds: uncovered
      .filter(({ accountId }) => accountId === row.id)
      .map(({ senderId }) => senderId),
    webhookUrl: `${ctx.settings.PUBLIC_URL}/webhooks/email-status/${row.id}`,
    inboundUrl: `${ctx.settings.PUBLIC_URL}/webhooks/inbound/${row.id}${await getInboundKeyQuery(ctx, row)}`,
    webhooksRegisteredAt: toIsoOrNull(row.webhooksRegisteredAt),
    suppressionsSyncedAt: toIsoOrNull(row.suppressionsSyncedAt),
    createdAt: toIso(row.createdAt),
  };
}

/**
 * Returns `?key=` and the inbound key for SendGrid's inbound URL, and an empty text for other
 * services. SendGrid's URL needs the key, because SendGrid does not sign its inbound posts.
 */
async function getInboundKeyQuery(ctx: Ctx, { id, provider }: ProviderAccountRow): Promise<string> {
  return provider === "sendgrid" ? `?key=${await createInboundKey(ctx.settings.LINK_KEY, id)}` : "";
}
