import { elseVariantIndex, limits } from "../../shared/limits.ts";
import type { OtherLicense } from "../../shared/sender.ts";
import type { AgentDetails, OfficeDetails } from "../domain/compliance/disclosure.ts";
import type { SentEmail } from "../domain/send/thread.ts";
import type { PersonalWordingContent } from "./personal-wordings.ts";
import type { Database } from "./scope.ts";
import { elseStartsThreadSql } from "./step-wordings.ts";

/*
 * Loads the wordings, offices, senders and earlier emails from which an email is made. The queries
 * span tenants, because one queue batch may serve several tenants.
 */

export type TemplateVersionText = {
  templateId: number;
  version: number;
  subject: string;
  preheader: string;
  bodyHtml: string;
  /** The HTML with a marker in place of each snippet's text; null if the letter uses no snippet. */
  sourceHtml: string | null;
  bodyText: string;
};
/** An agent's changes to one email of one recipient. */
export type PersonalWordingText = PersonalWordingContent & {
  templateId: null;
  recipientId: number;
  /**
   * The step's number; negative for the step's else email (for people who do not meet the step's
   * conditions).
   */
  wordingNumber: number;
  version: number;
};
export type TenantIdentity = OfficeDetails & { id: number };
export type SenderIdentity = AgentDetails & {
  id: number;
  tenantId: number;
  fromEmail: string;
  replyTo: string | null;
};

/**
 * Loads template versions and personal wordings in one statement. For an email without a personal
 * wording, no row of personal wordings is read.
 * @param emails an entry without `wordingNumber` asks for all personal wordings of the recipient
 */
export async function loadWordingTexts(
  db: Database,
  templates: readonly { templateId: number; version: number }[],
  emails: readonly { recipientId: number; wordingNumber?: number }[],
): Promise<{ templates: TemplateVersionText[]; personal: PersonalWordingText[] }> {
  type Row = TemplateVersionText | PersonalWordingText;
  const { results } = await db.$client
    .prepare(
      `SELECT v.template_id AS templateId, NULL AS recipientId, NULL AS wordingNumber, v.version, v.subject, v.preheader,
        v.body_html AS bodyHtml, v.source_html AS sourceHtml, v.body_text AS bodyText
      FROM json_each(?1) j JOIN email_template_versions v
        ON v.template_id = j.value->>'templateId' AND v.version = j.value->>'version'
      UNION ALL
      SELECT NULL, p.recipient_id, p.step_number, p.version, p.subject, p.preheader, p.body_html, NULL, p.body_text
      FROM json_each(?2) j CROSS JOIN personal_wordings p ON p.recipient_id = j.value->>'recipientId'
        AND p.step_number BETWEEN coalesce(j.value->>'wordingNumber', -?3) AND coalesce(j.value->>'wordingNumber', ?3)`,
    )
    .bind(JSON.stringify(templates), JSON.stringify(emails), limits.campaignStepNumbers)
    .all<Row>();
  const isPersonal = (row: Row): row is PersonalWordingText => row.templateId === null;
  return {
    templates: results.filter((row): row is TemplateVersionText => !isPersonal(row)),
    personal: results.filter(isPersonal),
  };
}

export async function loadTenantIdentities(db: Database, ids: readonly number[]): Promise<TenantIdentity[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT t.id, t.name, t.postal_address AS postalAddress, t.license, t.licensed_name AS licensedName,
        t.office_phone AS officePhone, t.office_city AS officeCity, t.office_state AS officeState,
        t.office_website AS officeWebsite, t.iabs_link AS iabsLink,
        t.relationship_form_link AS relationshipFormLink, t.equal_housing_line AS equalHousingLine
      FROM json_each(?1) j JOIN tenants t ON t.id = j.value`,
    )
    .bind(JSON.stringify(ids))
    .all<TenantIdentity>();
  return results;
}

export async function loadSenderIdentities(db: Database, ids: readonly number[]): Promise<SenderIdentity[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT s.id, s.tenant_id AS tenantId, s.from_name AS fromName, s.from_email AS fromEmail,
        s.reply_to AS replyTo, s.phone, s.licensed_name AS licensedName, s.license_type AS licenseType,
        s.license_number AS licenseNumber, s.license_state AS licenseState,
        s.other_licenses AS otherLicenses
      FROM json_each(?1) j JOIN senders s ON s.id = j.value`,
    )
    .bind(JSON.stringify(ids))
    .all<Omit<SenderIdentity, "otherLicenses"> & { otherLicenses: string }>();
  return results.map((row) => ({ ...row, otherLicenses: JSON.parse(row.otherLicenses) as OtherLicense[] }));
}

/**
 * Returns the sent and probably sent emails of the thread that each recipient's next email
 * continues, oldest first. A recipient whose next email begins a thread has no entry. Reads the
 * recipient's messages and the campaign's steps, at most twenty of each.
 */
export async function loadThreadEmails(
  db: Database,
  next: readonly { recipientId: number; campaignId: number; stepNumber: number; isElse: boolean }[],
): Promise<Map<number, SentEmail[]>> {
  const { results } = await db.$client
    .prepare(
      `SELECT m.recipient_id AS recipientId, m.step_number AS stepNumber, m.subject
      FROM json_each(?1) j
      JOIN campaign_steps own
        ON own.campaign_id = j.value->>'campaignId' AND own.step_number = j.value->>'stepNumber'
      JOIN messages m ON m.recipient_id = j.value->>'recipientId'
      JOIN campaign_steps s ON s.campaign_id = own.campaign_id AND s.step_number = m.step_number
      WHERE m.status IN ('sent', 'unknown') AND m.subject <> '' AND s.position < own.position
        AND s.position >= coalesce((SELECT max(t.position) FROM campaign_steps t
          WHERE t.campaign_id = own.campaign_id AND t.position <= own.position AND t.removed_at IS NULL
            AND iif(iif(t.step_number = own.step_number, j.value->>'isElse', EXISTS (SELECT 1 FROM messages x
                WHERE x.recipient_id = m.recipient_id AND x.step_number = t.step_number AND x.variant = ${elseVariantIndex})),
              ${elseStartsThreadSql("t")}, t.starts_thread)), 0)
      ORDER BY m.recipient_id, s.position`,
    )
    .bind(JSON.stringify(next))
    .all<SentEmail & { recipientId: number }>();
  return Map.groupBy(results, ({ recipientId }) => recipientId);
}

/** Returns the ids of the given recipients who have replied in their campaign. */
export async function listRecipientsWithReply(
  db: Database,
  recipientIds: readonly number[],
): Promise<Set<number>> {
  const { results } = await db.$client
    .prepare(
      `SELECT DISTINCT e.recipient_id AS id FROM json_each(?1) j JOIN events e ON e.recipient_id = j.value
       WHERE e.kind = 'replied' AND e.is_machine = 0`,
    )
    .bind(JSON.stringify(recipientIds))
    .all<{ id: number }>();
  return new Set(results.map(({ id }) => id));
}
