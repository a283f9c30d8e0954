import { limits } from "../../shared/limits.ts";
import type { TemplateVerdict } from "../../shared/vocabulary.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import type { Scope } from "./scope.ts";

/** A letter with the hash of its parts, and the name that a list shows for the letter. */
export type HashedLetter = {
  hash: string;
  name: string;
  subject: string;
  preheader: string;
  bodyHtml: string;
  bodyText: string;
};
export type TemplateApprovalRow = HashedLetter & {
  verdict: TemplateVerdict;
  askedBy: string;
  askedAt: number;
  decidedBy: string | null;
  decidedAt: number | null;
  note: string | null;
};
export type LetterVerdict = Pick<TemplateApprovalRow, "hash" | "verdict" | "note">;

const columns = `hash, name, subject, preheader, body_html AS bodyHtml, body_text AS bodyText, verdict,
  asked_by AS askedBy, asked_at AS askedAt, decided_by AS decidedBy, decided_at AS decidedAt, note`;

/**
 * Returns the verdicts on the letters with these hashes; `waiting` until a team lead has decided. A
 * letter that nobody asked about is left out.
 */
export async function listLetterVerdicts(
  { db, tenantId }: Scope,
  hashes: readonly string[],
): Promise<LetterVerdict[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT hash, verdict, note FROM json_each(?1) j
       CROSS JOIN template_approvals a ON a.tenant_id = ?2 AND a.hash = j.value`,
    )
    .bind(JSON.stringify(hashes), tenantId)
    .all<LetterVerdict>();
  return results;
}

/** Returns the letters with this verdict, the longest waiting first. */
export async function listTemplateApprovals(
  { db, tenantId }: Scope,
  verdict: TemplateVerdict,
  { offset, limit }: { offset: number; limit: number },
): Promise<TemplateApprovalRow[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT ${columns} FROM template_approvals WHERE tenant_id = ?1 AND verdict = ?2
       ORDER BY asked_at, hash LIMIT ?3 OFFSET ?4`,
    )
    .bind(tenantId, verdict, limit, offset)
    .all<TemplateApprovalRow>();
  return results;
}

/**
 * Stores a request for the approval of letters. A letter that is approved already keeps its
 * approval. The times of the letters are a millisecond apart, so that the letters stay in order.
 * @param isApproved true for a team lead's request, which approves the letters at once
 */
export async function askForTemplateApproval(
  scope: Scope,
  letters: readonly HashedLetter[],
  isApproved: boolean,
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  await db.$client.batch([
    db.$client
      .prepare(
        `INSERT INTO template_approvals
           (tenant_id, hash, name, subject, preheader, body_html, body_text, verdict, asked_by, asked_at, decided_by, decided_at)
         SELECT ?2, j.value->>'hash', j.value->>'name', j.value->>'subject', j.value->>'preheader', j.value->>'bodyHtml',
           j.value->>'bodyText', ?3, ?4, ?5 + j.key, iif(?3 = 'approved', ?4, NULL), iif(?3 = 'approved', ?5, NULL)
         FROM json_each(?1) j WHERE 1
         ON CONFLICT (tenant_id, hash) DO UPDATE SET verdict = excluded.verdict, name = excluded.name,
           asked_by = excluded.asked_by, asked_at = excluded.asked_at,
           decided_by = excluded.decided_by, decided_at = excluded.decided_at, note = NULL
         WHERE template_approvals.verdict = 'returned' OR (template_approvals.verdict = 'waiting' AND ?3 = 'approved')`,
      )
      .bind(
        JSON.stringify(letters.slice(0, limits.lettersPerApproval)),
        tenantId,
        isApproved ? "approved" : "waiting",
        audit.actor,
        audit.at,
      ),
    buildAuditEntryInsert(scope, audit),
  ]);
}

/**
 * Stores a team lead's decision about letters.
 * @returns the number of decided letters; a letter that nobody asked about gets no decision
 */
export async function decideTemplateApprovals(
  scope: Scope,
  hashes: readonly string[],
  { verdict, note }: { verdict: "approved" | "returned"; note: string | null },
  audit: AuditEntry,
): Promise<number> {
  const { db, tenantId } = scope;
  const [decided] = await db.$client.batch([
    db.$client
      .prepare(
        `UPDATE template_approvals SET verdict = ?3, note = ?4, decided_by = ?5, decided_at = ?6
         WHERE tenant_id = ?1 AND hash IN (SELECT value FROM json_each(?2)) RETURNING hash`,
      )
      .bind(tenantId, JSON.stringify(hashes), verdict, note, audit.actor, audit.at),
    buildAuditEntryInsert(scope, audit),
  ]);
  return decided?.results.length ?? 0;
}
