import { and, desc, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { SequenceStep } from "../../shared/sequence.ts";
import type { SequenceRules } from "../../shared/sequence-rules.ts";
import type { CampaignType, SequenceScope } from "../../shared/vocabulary.ts";
import type { ReplacedLetter } from "../domain/letter-versions.ts";
import { type AuditEntry, buildAuditEntryInsert } from "./audit-log.ts";
import { abortUnless, awaitGuardedBatch } from "./batch-guard.ts";
import { buildLetterVersionInserts, type LetterChanges } from "./letter-versions.ts";
import { sequences } from "./schema/sequences.ts";
import type { Scope } from "./scope.ts";

export type SequenceRow = typeof sequences.$inferSelect;

export async function findSequence({ db, tenantId }: Scope, id: number): Promise<SequenceRow | undefined> {
  return await db
    .select()
    .from(sequences)
    .where(and(eq(sequences.id, id), eq(sequences.tenantId, tenantId)))
    .get();
}

/** Returns the office's copies of these presets. */
export async function listPresetSequenceCopies(
  { db, tenantId }: Scope,
  presetIds: readonly string[],
): Promise<SequenceRow[]> {
  return await db
    .select()
    .from(sequences)
    .where(
      and(
        eq(sequences.tenantId, tenantId),
        isNotNull(sequences.presetId),
        inArray(sequences.presetId, [...presetIds]),
      ),
    )
    .limit(presetIds.length);
}

export type SequenceFilter = {
  /** Sequences of scope `mine` are found only for their owner. */
  agentId: string;
  /** The scope of the listed sequences; null lists both scopes. */
  scope: SequenceScope | null;
  isArchived: boolean;
  before: number | null;
  limit: number;
};

/** Returns the sequences that an agent may use, the newest first, without copies of presets. */
export async function listSequences({ db, tenantId }: Scope, filter: SequenceFilter): Promise<SequenceRow[]> {
  const ofAgent = and(eq(sequences.scope, "mine"), eq(sequences.ownedBy, filter.agentId));
  const ofOffice = eq(sequences.scope, "office");
  const scopes = { mine: ofAgent, office: ofOffice };
  return await db
    .select()
    .from(sequences)
    .where(
      and(
        eq(sequences.tenantId, tenantId),
        lt(sequences.id, filter.before ?? Number.MAX_SAFE_INTEGER),
        isNull(sequences.presetId),
        filter.scope === null ? or(ofAgent, ofOffice) : scopes[filter.scope],
        filter.isArchived ? isNotNull(sequences.archivedAt) : isNull(sequences.archivedAt),
      ),
    )
    .orderBy(desc(sequences.id))
    .limit(filter.limit);
}

export type NewSequence = {
  id: number;
  name: string;
  scope: SequenceScope;
  presetId: string | null;
  type: CampaignType;
  steps: SequenceStep[];
  rules: SequenceRules;
  ownedBy: string;
  /** The letters of a preset that the office's changed copy replaces. */
  replaced: readonly ReplacedLetter[];
  audit: AuditEntry;
};

/**
 * Saves a new sequence. Returns false, with nothing saved, if the office has a copy of the preset
 * already.
 */
export async function addSequence(scope: Scope, added: NewSequence): Promise<boolean> {
  const { db, tenantId } = scope;
  const { audit, replaced, ...row } = added;
  const insert = db
    .insert(sequences)
    .values({
      ...row,
      tenantId,
      createdBy: audit.actor,
      createdAt: audit.at,
      updatedBy: audit.actor,
      updatedAt: audit.at,
    })
    .toSQL();
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "copy",
        "NOT EXISTS (SELECT 1 FROM sequences WHERE tenant_id = ? AND preset_id = ?)",
        tenantId,
        row.presetId,
      ),
      db.$client.prepare(insert.sql).bind(...insert.params),
      ...buildLetterVersionInserts(scope, row.id, { replaced, begun: [] }, audit),
      buildAuditEntryInsert(scope, audit),
    ]),
  );
  return refusal === null;
}

export type SequenceChange = Partial<
  Pick<SequenceRow, "name" | "scope" | "type" | "steps" | "rules" | "ownedBy" | "archivedAt">
>;

/**
 * Changes a sequence. Returns false, with nothing changed, if the sequence's version is no longer
 * `from`.
 * @param target `quietSince`: no audit entry is written if the same agent has changed the sequence
 *   since this instant
 */
export async function updateSequence(
  scope: Scope,
  target: { id: number; from: number; quietSince: number },
  change: SequenceChange,
  letters: LetterChanges,
  audit: AuditEntry,
): Promise<boolean> {
  const { db, tenantId } = scope;
  const update = db
    .update(sequences)
    .set({ ...change, version: target.from + 1, updatedBy: audit.actor, updatedAt: audit.at })
    .where(and(eq(sequences.id, target.id), eq(sequences.tenantId, tenantId)))
    .toSQL();
  const refusal = await awaitGuardedBatch(
    db.$client.batch([
      abortUnless(
        db,
        "version",
        "EXISTS (SELECT 1 FROM sequences WHERE id = ? AND tenant_id = ? AND version = ?)",
        target.id,
        tenantId,
        target.from,
      ),
      buildAuditEntryInsert(scope, audit, {
        condition:
          "NOT EXISTS (SELECT 1 FROM sequences WHERE id = ? AND updated_by = ? AND updated_at > ? AND version > 1)",
        values: [target.id, audit.actor, target.quietSince],
      }),
      ...buildLetterVersionInserts(scope, target.id, letters, audit),
      db.$client.prepare(update.sql).bind(...update.params),
    ]),
  );
  return refusal === null;
}

/**
 * SQL: removes the preset key from the templates that hold the letters of a sequence or preset. The
 * keys have the form `<prefix>.<step>`.
 */
const detachTemplatesSql = `UPDATE email_templates SET preset_key = NULL
  WHERE tenant_id = ?1 AND preset_key >= ?2 || '.' AND preset_key < ?2 || '/'`;

/**
 * Deletes a sequence, and makes its letters' templates ordinary templates. Campaigns keep their
 * steps and templates.
 * @param letterKeyPrefixes the first parts of the templates' keys, such as `sequence.12`
 * @param id null if no sequence is deleted, and only the templates become ordinary templates
 */
export async function deleteSequence(
  scope: Scope,
  id: number | null,
  letterKeyPrefixes: readonly string[],
  audit: AuditEntry,
): Promise<void> {
  const { db, tenantId } = scope;
  await db.$client.batch([
    ...letterKeyPrefixes.map((prefix) => db.$client.prepare(detachTemplatesSql).bind(tenantId, prefix)),
    db.$client.prepare("DELETE FROM sequences WHERE id = ? AND tenant_id = ?").bind(id, tenantId),
    buildAuditEntryInsert(scope, audit),
  ]);
}
