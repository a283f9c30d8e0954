import type { Ctx } from "../context.ts";
import {
  type SenderIdentity,
  sealedAccounts,
  senderIdentities,
  type TemplateContent,
  type TenantIdentity,
  templateContents,
  tenantIdentities,
} from "../db/material.ts";
import type { Candidate } from "../domain/eligibility.ts";
import { type ChosenWording, wordingOf } from "../domain/variant.ts";
import { createEmailService, type EmailService } from "../mail/email-service.ts";
import { openCredentials } from "../providers/credentials.ts";
import type { OpenAccount } from "../providers/provider.ts";

/** A provider call is given up after this long; well under the queue's and the lease's time. */
export const providerTimeoutMs = 30_000;

/** All that the emails of one queue batch need besides their recipients, read once for the batch. */
export type Material = {
  templates: ReadonlyMap<string, TemplateContent>;
  tenants: ReadonlyMap<number, TenantIdentity>;
  senders: ReadonlyMap<number, SenderIdentity>;
  /** Per tenant; a tenant without an account has none. */
  services: ReadonlyMap<number, EmailService>;
};

export function templateKey(templateId: number, version: number): string {
  return `${templateId}.${version}`;
}

/** The wording of a candidate's next email; null where there is no step left. */
export function chosenWording({ step, recipient }: Candidate): ChosenWording | null {
  return step && wordingOf(step, recipient.id, recipient.nextStep);
}

export async function loadMaterial(ctx: Ctx, candidates: readonly Candidate[]): Promise<Material> {
  const wordings = candidates.map(chosenWording).filter((wording) => wording !== null);
  const wanted = new Map(
    wordings.map(({ templateId, templateVersion: version }) => [
      templateKey(templateId, version),
      { templateId, version },
    ]),
  );
  const tenantIds = [...new Set(candidates.map(({ recipient }) => recipient.tenantId))];
  const senderIds = [...new Set(candidates.map(({ recipient }) => recipient.senderId))];
  const [contents, tenants, senders, services] = await Promise.all([
    templateContents(ctx.db, [...wanted.values()]),
    tenantIdentities(ctx.db, tenantIds),
    senderIdentities(ctx.db, senderIds),
    loadEmailServices(ctx, tenantIds),
  ]);
  return {
    templates: new Map(
      contents.map((content) => [templateKey(content.templateId, content.version), content]),
    ),
    tenants: new Map(tenants.map((tenant) => [tenant.id, tenant])),
    senders: new Map(senders.map((sender) => [sender.id, sender])),
    services,
  };
}

/** An EmailService per tenant over its accounts, in the tenant's order. */
export async function loadEmailServices(
  ctx: Ctx,
  tenantIds: readonly number[],
): Promise<Map<number, EmailService>> {
  const sealed = await sealedAccounts(ctx.db, tenantIds);
  const accounts = await Promise.all(
    sealed.map(async ({ id, tenantId, provider, sealedCredentials }): Promise<OpenAccount> => {
      const credentials = await openCredentials(ctx.settings.CREDENTIALS_KEY, id, sealedCredentials);
      return { id, tenantId, provider, credentials };
    }),
  );
  const byTenant = Map.groupBy(accounts, (account) => account.tenantId);
  return new Map(
    [...byTenant].map(([tenantId, own]) => [
      tenantId,
      createEmailService({ accounts: own, providers: ctx.providers, timeoutMs: providerTimeoutMs }),
    ]),
  );
}
