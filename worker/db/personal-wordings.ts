import { sequenceEndStepNumber } from "../../shared/limits.ts";
import { getPersonalWordingNumber } from "../../shared/personal-wording.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import type { SequenceStep } from "../domain/campaign.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import type { Scope } from "./scope.ts";
import { elseTemplateIdSql } from "./step-wordings.ts";

/** An agent's changes to one email. `subject` is null if the step's own subject stays. */
export type PersonalWordingContent = {
  subject: string | null;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
};
/** A personal wording to store, and the claims in its text. */
export type NewPersonalWordingContent = PersonalWordingContent & { claims: LetterClaim[] };
export type PersonalWordingRow = PersonalWordingContent & {
  recipientId: number;
  version: number;
  agentId: string;
  changedAt: number;
};

/** A new recipient, with the recipient's personal wordings. */
export type NewRecipientWithWordings = {
  email: string | null;
  contactKey: string | null;
  name: string;
  wordings: readonly (NewPersonalWordingContent & { stepNumber: number; isElse: boolean; version: number })[];
};

/**
 * The reason why a change was refused. `changed`: the wording has changed since the editor loaded
 * the wording. `finished`: the recipient's sequence has ended. `past`: the recipient has passed the
 * step. `sent`: the email was sent, or may have been. `sending`: the email is being sent.
 */
export type PersonalWordingConflict = "changed" | "finished" | "past" | "sent" | "sending";

/**
 * One email of a recipient. `isElse`: true for the step's else email, for people who do not meet
 * the step's conditions.
 */
export type RecipientStepEmail = { recipientId: number; stepNumber: number; isElse: boolean };
export type PersonalWordingTarget = RecipientStepEmail & { version: number };

export async function findPersonalWording(
  { db, tenantId }: Scope,
  { recipientId, stepNumber, isElse }: RecipientStepEmail,
): Promise<PersonalWordingRow | null> {
  return await db.$client
    .prepare(
      `SELECT recipient_id AS recipientId, version, subject, preheader,
         body_html AS bodyHtml, body_text AS bodyText, agent_id AS agentId, changed_at AS changedAt
       FROM personal_wordings WHERE recipient_id = ? AND step_number = ? AND tenant_id = ?`,
    )
    .bind(recipientId, getPersonalWordingNumber(stepNumber, isElse), tenantId)
    .first<PersonalWordingRow>();
}

/**
 * Stores the personal wording of one email that has not left. If a run of the Worker is about to
 * send the email, the run loses the right to send. So no letter in the earlier wording leaves
 * afterwards.
 * @returns null if the wording was stored; otherwise the reason for the refusal
 */
export async function savePersonalWording(
  scope: Scope,
  target: PersonalWordingTarget,
  { subject, preheader, bodyHtml, bodyText, claims }: NewPersonalWordingContent,
  newVersion: number,
  audit: AuditEntry,
): Promise<PersonalWordingConflict | null> {
  const { db, tenantId } = scope;
  const { recipientId, stepNumber, isElse } = target;
  const save = db.$client
    .prepare(
      `INSERT INTO personal_wordings
         (recipient_id, step_number, tenant_id, version, subject, preheader, body_html, body_text, agent_id, changed_at, claims)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
       ON CONFLICT (recipient_id, step_number) DO UPDATE SET version = excluded.version, subject = excluded.subject,
         preheader = excluded.preheader, body_html = excluded.body_html, body_text = excluded.body_text,
         claims = excluded.claims, agent_id = excluded.agent_id, changed_at = excluded.changed_at`,
    )
    .bind(
      recipientId,
      getPersonalWordingNumber(stepNumber, isElse),
      tenantId,
      newVersion,
      subject,
      preheader,
      bodyHtml,
      bodyText,
      audit.actor,
      audit.at,
      JSON.stringify(claims),
    );
  return await changeWording(scope, target, save, audit);
}

/**
 * Deletes the personal wording of one email that has not left.
 * @returns null if the wording was deleted; otherwise the reason for the refusal
 */
export async function deletePersonalWording(
  scope: Scope,
  target: PersonalWordingTarget,
  audit: AuditEntry,
): Promise<PersonalWordingConflict | null> {
  const remove = scope.db.$client
    .prepare("DELETE FROM personal_wordings WHERE recipient_id = ? AND step_number = ? AND tenant_id = ?")
    .bind(target.recipientId, getPersonalWordingNumber(target.stepNumber, target.isElse), scope.tenantId);
  return await changeWording(scope, target, remove, audit);
}

async function changeWording(
  scope: Scope,
  { recipientId, stepNumber, isElse, version }: PersonalWordingTarget,
  change: D1PreparedStatement,
  audit: AuditEntry,
): Promise<PersonalWordingConflict | null> {
  const { db, tenantId } = scope;
  const hasNoMessage = (statuses: string) =>
    `NOT EXISTS (SELECT 1 FROM messages WHERE recipient_id = ? AND step_number = ? AND status IN (${statuses}))`;
  const isRecipient = (condition: string) =>
    `EXISTS (SELECT 1 FROM campaign_recipients WHERE id = ? AND tenant_id = ? AND ${condition})`;
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(db, "sending", hasNoMessage("'sending'"), recipientId, stepNumber),
      abortUnless(db, "sent", hasNoMessage("'sent', 'unknown'"), recipientId, stepNumber),
      abortUnless(
        db,
        "finished",
        isRecipient("status NOT IN ('completed', 'stopped')"),
        recipientId,
        tenantId,
      ),
      abortUnless(db, "past", hasNoMessage("'skipped'"), recipientId, stepNumber),
      abortUnless(db, "past", isRecipient(`next_step < ${sequenceEndStepNumber}`), recipientId, tenantId),
      abortUnless(
        db,
        "changed",
        `coalesce((SELECT version FROM personal_wordings WHERE recipient_id = ? AND step_number = ?), 0) = ?`,
        recipientId,
        getPersonalWordingNumber(stepNumber, isElse),
        version,
      ),
      change,
      db.$client
        .prepare(
          `UPDATE campaign_recipients SET lease = NULL, due_at = ?3
           WHERE id = ?1 AND next_step = ?2 AND lease IS NOT NULL`,
        )
        .bind(recipientId, stepNumber, audit.at),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal as PersonalWordingConflict | null;
}

/**
 * Builds the statement that stores the personal wordings of recipients who have just been added to
 * a campaign. A recipient who was already in the campaign keeps the recipient's earlier personal
 * wordings. Returns no statement if there are no personal wordings.
 */
export function buildPersonalWordingInserts(
  { db, tenantId }: Scope,
  campaignId: number,
  people: readonly NewRecipientWithWordings[],
  { at, agentId }: { at: number; agentId: string },
): D1PreparedStatement[] {
  const changed = people.filter(({ wordings }) => wordings.length > 0);
  if (changed.length === 0) return [];
  const rows = changed.flatMap(({ email, contactKey, name, wordings }) =>
    wordings.map(({ stepNumber, isElse, ...wording }) => ({
      ...wording,
      wordingNumber: getPersonalWordingNumber(stepNumber, isElse),
      email,
      contactKey,
      name,
    })),
  );
  return [
    db.$client
      .prepare(
        `INSERT INTO personal_wordings
           (recipient_id, step_number, tenant_id, version, subject, preheader, body_html, body_text, agent_id, changed_at, claims)
         SELECT r.id, j.value->>'wordingNumber', ?2, j.value->>'version', j.value->>'subject', j.value->>'preheader',
           j.value->>'bodyHtml', j.value->>'bodyText', ?5, ?4, j.value->>'claims'
         FROM json_each(?1) j CROSS JOIN campaign_recipients r
           ON r.tenant_id = ?2 AND r.email IS j.value->>'email' AND r.campaign_id = ?3
         WHERE r.created_at = ?4 AND r.contact_key IS j.value->>'contactKey' AND r.name = j.value->>'name'
         ON CONFLICT (recipient_id, step_number) DO NOTHING`,
      )
      .bind(JSON.stringify(rows), tenantId, campaignId, at, agentId),
  ];
}

/**
 * Returns the statement that deletes the personal wordings of a campaign whose steps are about to
 * be replaced. A step that keeps its template keeps its personal wordings. The statement has to run
 * in the batch that replaces the steps, before the steps are replaced.
 */
export function buildPersonalWordingDeleteForReplacedSteps(
  { db, tenantId }: Scope,
  campaignId: number,
  steps: readonly SequenceStep[],
): D1PreparedStatement {
  const kept = steps.flatMap((step) => {
    if (step.kind === "task") return [];
    const { stepNumber, source, elseEmail } = step;
    const other = elseEmail === null ? [] : [{ wordingNumber: -stepNumber, ...elseEmail.source }];
    return [{ wordingNumber: stepNumber, ...source }, ...other];
  });
  return db.$client
    .prepare(
      `DELETE FROM personal_wordings
       WHERE recipient_id BETWEEN (SELECT first_recipient_id FROM campaigns WHERE id = ?1)
           AND (SELECT last_recipient_id FROM campaigns WHERE id = ?1)
         AND tenant_id = ?2
         AND step_number NOT IN (
           SELECT j.value->>'wordingNumber' FROM json_each(?3) j JOIN campaign_steps s ON s.campaign_id = ?1
             AND s.step_number = abs(j.value->>'wordingNumber') AND j.value->>'templateId' =
               iif(j.value->>'wordingNumber' > 0, s.template_id, ${elseTemplateIdSql("s")}))`,
    )
    .bind(campaignId, tenantId, JSON.stringify(kept));
}
