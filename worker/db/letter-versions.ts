import { limits } from "../../shared/limits.ts";
import type { SequenceLetter } from "../../shared/sequence.ts";
import { minuteMs } from "../../shared/time-lengths.ts";
import type { LetterPlace, ReplacedLetter, StoredLetterVersion } from "../domain/letter-versions.ts";
import type { AuditEntry } from "./audit-log.ts";
import type { Scope } from "./scope.ts";

/** The changes to the letters of one sequence. */
export type LetterChanges = {
  replaced: readonly ReplacedLetter[];
  /**
   * The places of new letters, which have no versions yet: a step's main email, or the else email
   * for people who do not meet the step's conditions.
   */
  begun: readonly LetterPlace[];
};

/** SQL: the kept versions of the letter that the row `j` names. */
const versionsOfLetterSql = `SELECT 1 FROM letter_versions v WHERE v.sequence_id = ?1
  AND v.step_id = j.value->>'stepId' AND v.is_else = j.value->>'isElse'`;

/**
 * Keeps the replaced letters. If the same agent has already replaced the letter in the last
 * minutes, this version is not kept, because the editor saves after each pause in typing. If the
 * letter goes back to an earlier version, the replaced letter is kept in any case.
 */
const insertSql = `INSERT INTO letter_versions
    (sequence_id, step_id, is_else, replaced_at, tenant_id, replaced_by, letter)
  SELECT ?1, j.value->>'stepId', j.value->>'isElse', ?3, ?2, ?4, j.value->>'letter' FROM json_each(?5) j
  WHERE NOT EXISTS (${versionsOfLetterSql} AND v.replaced_at > ?6 AND v.replaced_by = ?4)
    OR EXISTS (${versionsOfLetterSql} AND v.letter = j.value->>'next')
  ON CONFLICT DO NOTHING`;

/**
 * Deletes the oldest versions of the changed letters. One version beyond the limit is kept, because
 * the version's row names the agent who saved the next version.
 */
const pruneSql = `DELETE FROM letter_versions
  WHERE (sequence_id, step_id, is_else, replaced_at) IN (
    SELECT ?1, v.step_id, v.is_else, v.replaced_at FROM json_each(?2) j
    CROSS JOIN letter_versions v ON v.sequence_id = ?1 AND v.step_id = j.value->>'stepId'
      AND v.is_else = j.value->>'isElse'
    WHERE (SELECT count(*) FROM letter_versions n WHERE n.sequence_id = ?1 AND n.step_id = v.step_id
      AND n.is_else = v.is_else AND n.replaced_at > v.replaced_at) > ${limits.letterVersions})`;

const clearSql = `DELETE FROM letter_versions
  WHERE (sequence_id, step_id, is_else, replaced_at) IN (
    SELECT ?1, v.step_id, v.is_else, v.replaced_at FROM json_each(?2) j
    CROSS JOIN letter_versions v ON v.sequence_id = ?1 AND v.step_id = j.value->>'stepId'
      AND v.is_else = j.value->>'isElse')`;

/**
 * Returns the statements that keep replaced letters as earlier versions. The statements write at
 * most one row per replaced letter, and delete the rows beyond the limit.
 */
export function buildLetterVersionInserts(
  { db, tenantId }: Scope,
  sequenceId: number,
  { replaced, begun }: LetterChanges,
  { actor, at }: AuditEntry,
): D1PreparedStatement[] {
  const rows = replaced.map(({ stepId, isElse, letter, next }) => ({
    ...{ stepId, isElse: Number(isElse) },
    ...{ letter: JSON.stringify(letter), next: JSON.stringify(next) },
  }));
  const places = JSON.stringify(rows.map(({ stepId, isElse }) => ({ stepId, isElse })));
  const since = at - limits.letterVersionMinutes * minuteMs;
  const emptied = JSON.stringify(begun.map(({ stepId, isElse }) => ({ stepId, isElse: Number(isElse) })));
  return [
    ...(begun.length === 0 ? [] : [db.$client.prepare(clearSql).bind(sequenceId, emptied)]),
    ...(rows.length === 0
      ? []
      : [
          db.$client.prepare(insertSql).bind(sequenceId, tenantId, at, actor, JSON.stringify(rows), since),
          db.$client.prepare(pruneSql).bind(sequenceId, places),
        ]),
  ];
}

/** Returns the versions of one letter, the newest first. */
export async function listLetterVersions(
  { db, tenantId }: Scope,
  sequenceId: number,
  { stepId, isElse }: LetterPlace,
): Promise<StoredLetterVersion[]> {
  const { results } = await db.$client
    .prepare(
      `SELECT letter, replaced_by AS replacedBy, replaced_at AS replacedAt FROM letter_versions
       WHERE sequence_id = ? AND step_id = ? AND is_else = ? AND tenant_id = ?
       ORDER BY replaced_at DESC LIMIT ${limits.letterVersions + 1}`,
    )
    .bind(sequenceId, stepId, Number(isElse), tenantId)
    .all<Omit<StoredLetterVersion, "letter"> & { letter: string }>();
  return results.map((row) => ({ ...row, letter: JSON.parse(row.letter) as SequenceLetter }));
}
