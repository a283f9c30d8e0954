import type { Sequence, SequenceFault, SequenceStep, SequenceSummary } from "../../../shared/sequence.ts";
import type { SequenceFigures } from "../../db/sequence-figures.ts";
import { formatSequenceId } from "../../domain/sequence-content.ts";
import type { FoundSequence } from "../sequences.ts";
import { toIsoOrNull } from "./instant.ts";

type Seen = {
  figures: SequenceFigures | undefined;
  /** True if the caller may change the sequence. */
  isEditable: boolean;
  /** Agents' names by id. */
  agentNames: ReadonlyMap<string, string>;
};

/** Returns the ids of the agents whom the views of these sequences name. */
export const listSequenceAgentIds = (found: readonly FoundSequence[]): string[] =>
  found.flatMap(({ row }) => (row === null ? [] : [row.createdBy, row.updatedBy]));

export function toSequenceSummary(
  found: FoundSequence,
  { figures, isEditable, agentNames }: Seen,
): SequenceSummary {
  const { content, row, preset, isChanged } = found;
  const { launches = 0, sent = 0, replied = 0 } = figures ?? {};
  return {
    id: row === null ? content.id : formatSequenceId(row),
    name: content.name,
    description: preset?.description ?? "",
    scope: row?.scope ?? "office",
    type: content.type,
    isPreset: preset !== null,
    isChanged,
    isArchived: row !== null && row.archivedAt !== null,
    isEditable,
    version: row?.version ?? 0,
    ownedBy: row?.ownedBy ?? null,
    createdBy: row?.createdBy ?? null,
    createdByName: agentNames.get(row?.createdBy ?? "") ?? null,
    createdAt: toIsoOrNull(row?.createdAt ?? null),
    updatedBy: row?.updatedBy ?? null,
    updatedByName: agentNames.get(row?.updatedBy ?? "") ?? null,
    updatedAt: toIsoOrNull(row?.updatedAt ?? null),
    steps: content.steps.map(({ kind, delayDays, delayHours, delayBusinessDays, weekdays }) => ({
      kind,
      delayDays,
      delayHours,
      delayBusinessDays,
      ...(weekdays === undefined ? {} : { weekdays }),
    })),
    launches,
    replyRate: sent === 0 ? null : replied / sent,
  };
}

/** Builds the view of a whole sequence. A stored sequence's steps are shown in their saved form. */
export function toSequenceView(found: FoundSequence, seen: Seen, faults: SequenceFault[]): Sequence {
  return {
    ...toSequenceSummary(found, seen),
    steps: listEditableSteps(found),
    rules: found.content.rules,
    faults,
  };
}

/** Returns the steps that an editor starts from. */
export function listEditableSteps({ row, content }: FoundSequence): SequenceStep[] {
  if (row !== null) return row.steps;
  return content.steps.map((step): SequenceStep => {
    if (step.kind === "task") return step;
    const { letterKey: _, variables: __, ...plain } = step;
    return plain;
  });
}
