import type { ProviderName } from "../../shared/vocabulary.ts";
import type { Database } from "./scope.ts";

/* What an email is made of besides its recipient, for several tenants at once, since one queue batch may serve many. */

export type TemplateContent = {
  templateId: number;
  version: number;
  subject: string;
  bodyHtml: string;
  bodyText: string;
};
export type TenantIdentity = { id: number; name: string; postalAddress: string; license: string | null };
export type SenderIdentity = {
  id: number;
  tenantId: number;
  fromName: string;
  fromEmail: string;
  replyTo: string | null;
  phone: string | null;
  license: string | null;
};
export type SealedAccount = {
  id: number;
  tenantId: number;
  provider: ProviderName;
  sealedCredentials: string;
};

export async function templateContents(
  db: Database,
  wanted: readonly { templateId: number; version: number }[],
): Promise<TemplateContent[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT v.template_id AS templateId, v.version, v.subject, v.body_html AS bodyHtml, v.body_text AS bodyText
      FROM json_each(?1) j JOIN email_template_versions v
        ON v.template_id = j.value->>'templateId' AND v.version = j.value->>'version'`,
    )
    .bind(JSON.stringify(wanted))
    .all<TemplateContent>();
  return results;
}

export async function tenantIdentities(db: Database, ids: readonly number[]): Promise<TenantIdentity[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT t.id, t.name, t.postal_address AS postalAddress, t.license
      FROM json_each(?1) j JOIN tenants t ON t.id = j.value`,
    )
    .bind(JSON.stringify(ids))
    .all<TenantIdentity>();
  return results;
}

export async function senderIdentities(db: Database, ids: readonly number[]): Promise<SenderIdentity[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.id, s.tenant_id AS tenantId, s.from_name AS fromName, s.from_email AS fromEmail,
        s.reply_to AS replyTo, s.phone, s.license
      FROM json_each(?1) j JOIN senders s ON s.id = j.value`,
    )
    .bind(JSON.stringify(ids))
    .all<SenderIdentity>();
  return results;
}

/** The accounts tenants send through, in the order they are to be tried; at most 10 each. */
export async function sealedAccounts(db: Database, tenantIds: readonly number[]): Promise<SealedAccount[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT a.id, a.tenant_id AS tenantId, a.provider, a.sealed_credentials AS sealedCredentials
      FROM json_each(?1) j JOIN provider_accounts a ON a.tenant_id = j.value
      WHERE a.is_paused = 0 ORDER BY a.tenant_id, a.priority, a.id LIMIT 1000`,
    )
    .bind(JSON.stringify(tenantIds))
    .all<SealedAccount>();
  return results;
}
