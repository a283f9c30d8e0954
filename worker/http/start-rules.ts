import type { StartRule } from "../../shared/start-rule.ts";
import type { PropertyStatus } from "../../shared/vocabulary.ts";
import { loadAgentNames } from "../db/agents.ts";
import { listStartRules, type StartRuleRow } from "../db/start-rules.ts";
import { AppError } from "../domain/errors.ts";
import type { RequestScope } from "./access.ts";
import { findUsableSequence } from "./sequences.ts";
import { toIso } from "./views/instant.ts";

/** Returns the office's rules by their status. */
export async function loadRulesByStatus({
  scope,
}: RequestScope): Promise<ReadonlyMap<PropertyStatus, StartRuleRow>> {
  return new Map((await listStartRules(scope)).map((rule) => [rule.status, rule]));
}

/**
 * Returns the office's rules with the names of their sequences and of the agents who saved them.
 */
export async function loadStartRuleViews(desk: RequestScope): Promise<StartRule[]> {
  const rules = await listStartRules(desk.scope);
  const [names, sequences] = await Promise.all([
    loadAgentNames(
      desk.scope,
      rules.map(({ savedBy }) => savedBy),
    ),
    loadSequenceNames(
      desk,
      rules.map(({ sequenceId }) => sequenceId),
    ),
  ]);
  return rules.map(({ savedBy, savedAt, ...rule }) => ({
    ...rule,
    sequenceName: sequences.get(rule.sequenceId) ?? null,
    savedBy: { id: savedBy, name: names.get(savedBy) ?? null },
    savedAt: toIso(savedAt),
  }));
}

/** Returns the names of the office's sequences with these ids; leaves out deleted sequences. */
export async function loadSequenceNames(
  desk: RequestScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, await findUsableSequence(desk, id)] as const),
  );
  return new Map(found.flatMap(([id, one]) => (one === null ? [] : [[id, one.content.name] as const])));
}

/**
 * Checks that every agent of the office may launch a sequence, since a rule launches it for all.
 * @throws AppError invalidRequest
 */
export async function requireOfficeSequence(desk: RequestScope, sequenceId: string): Promise<void> {
  const found = await findUsableSequence(desk, sequenceId);
  const isOffices = found !== null && (found.row === null || found.row.scope === "office");
  if (isOffices && (found.row?.archivedAt ?? null) === null) return;
  throw new AppError("invalidRequest", "Choose one of the office’s sequences.", {
    sequenceId: "is not a sequence of the office",
  });
}
