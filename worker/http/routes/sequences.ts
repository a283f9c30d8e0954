import { Hono } from "hono";
import { z } from "zod";
import type { LetterVersions } from "../../../shared/letter-version.ts";
import { limits } from "../../../shared/limits.ts";
import { type Sequence, sequenceCopyInput, sequenceInput, sequencePatch } from "../../../shared/sequence.ts";
import { minuteMs } from "../../../shared/time-lengths.ts";
import { sequenceScopes, stepEmailKinds } from "../../../shared/vocabulary.ts";
import { loadAgentNames } from "../../db/agents.ts";
import { listLetterVersions } from "../../db/letter-versions.ts";
import { loadSequenceFigures } from "../../db/sequence-figures.ts";
import {
  addSequence,
  deleteSequence,
  findSequence,
  listSequences,
  type NewSequence,
  type SequenceChange,
  type SequenceRow,
  updateSequence,
} from "../../db/sequences.ts";
import { AppError } from "../../domain/errors.ts";
import {
  findVersionAuthors,
  type LetterAuthor,
  type LetterPlace,
  listNewLetterPlaces,
  listReplacedLetters,
} from "../../domain/letter-versions.ts";
import { formatLetterKeyPrefix, formatSequenceId } from "../../domain/sequence-content.ts";
import { getRequestScope, listVisiblePropertyIds } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requireCurrentVersion } from "../if-match.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  pageQueryFields,
  parseId,
  parseInput,
  readJson,
} from "../request.ts";
import { mayEditSequence, requireOfficeSequenceEditor, requireSequenceEditor } from "../sequence-access.ts";
import {
  type FoundSequence,
  findSequenceFaults,
  findUsableSequence,
  listPresetSequences,
  resolveStoredSequences,
} from "../sequences.ts";
import { toIso, toIsoOrNull } from "../views/instant.ts";
import {
  listEditableSteps,
  listSequenceAgentIds,
  toSequenceSummary,
  toSequenceView,
} from "../views/sequence.ts";

const pageSize = 25;
const listQuery = z.object({
  ...pageQueryFields,
  scope: z.enum(sequenceScopes).optional(),
  archived: z.enum(["true", "false"]).default("false"),
});

/**
 * The query that names a step's main email (`first`) or the else email, for people who do not meet
 * the step's conditions.
 */
const emailQuery = z.object({ email: z.enum(stepEmailKinds).default("first") });

export const sequencesRoutes = new Hono<AppEnv>()
  .get("/sequences", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const query = parseInput(listQuery, c.req.query());
    const limit = query.limit ?? pageSize;
    const rows = await listSequences(desk.scope, {
      agentId: desk.agentId,
      scope: query.scope ?? null,
      isArchived: query.archived === "true",
      before: query.cursor === undefined ? null : Number(query.cursor),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? String(shown.at(-1)?.id) : null;
    const showsPresets = nextCursor === null && query.scope !== "mine" && query.archived === "false";
    const found = [
      ...(await resolveStoredSequences(desk, shown)),
      ...(showsPresets ? await listPresetSequences(desk) : []),
    ];
    const toSeen = await loadSeen(c, found);
    return c.json({ items: found.map((one) => toSequenceSummary(one, toSeen(one))), nextCursor });
  })

  .get("/sequences/:id", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) =>
    c.json(await buildSequenceView(c, await requireSequence(c))),
  )

  .get(
    "/sequences/:id/letters/:stepId/versions",
    requires({ role: "viewer", property: "none", owner: "anyone" }),
    async (c) => {
      const { row } = await requireSequence(c);
      const { email } = parseInput(emailQuery, c.req.query());
      const place = { stepId: parseId(c.req.param("stepId")), isElse: email === "else" };
      return c.json(await loadLetterVersions(c, row, place));
    },
  )

  .post("/sequences", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const input = await readJson(c, sequenceInput);
    if (input.scope === "office") requireOfficeSequenceEditor(c);
    return c.json(await saveNewSequence(c, { ...input, presetId: null }, "sequence.created"), 201);
  })

  .post(
    "/sequences/:id/duplicate",
    requires({ role: "agent", property: "none", owner: "anyone" }),
    async (c) => {
      const found = await requireSequence(c);
      const input = await readJson(c, sequenceCopyInput);
      if (input.scope === "office") requireOfficeSequenceEditor(c);
      const { name, type, rules } = found.content;
      const copy = {
        name: input.name ?? `Copy of ${name}`.slice(0, limits.nameLength),
        scope: input.scope,
        type,
        rules,
        steps: listEditableSteps(found),
        presetId: null,
      };
      return c.json(await saveNewSequence(c, copy, "sequence.duplicated", { from: found.content.id }), 201);
    },
  )

  .patch("/sequences/:id", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const found = await requireSequence(c);
    requireSequenceEditor(c, found);
    const patch = await readJson(c, sequencePatch);
    if (patch.scope !== undefined && patch.scope !== (found.row?.scope ?? "office"))
      requireOfficeSequenceEditor(c);
    if (found.preset !== null) refuseForPresets(patch);
    const from = await requireCurrentVersion(c, found.row?.version ?? 0, () => createVersionError(c, found));
    const isDone =
      found.row === null
        ? await copyPreset(c, found, patch)
        : await changeSequence(c, found.row, from, patch);
    const saved = await requireSequence(c);
    if (!isDone) throw await createVersionError(c, saved);
    return c.json(await buildSequenceView(c, saved));
  })

  .delete("/sequences/:id", requires({ role: "agent", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const found = await requireSequence(c);
    requireSequenceEditor(c, found);
    const { row, content, preset } = found;
    const prefixes = [
      ...(row === null ? [] : [formatLetterKeyPrefix(row.id)]),
      ...(preset === null ? [] : [preset.id]),
    ];
    const action = preset === null ? "sequence.deleted" : "sequence.restored";
    const audit = buildAuditEntry(desk, action, `sequences/${content.id}`);
    await deleteSequence(desk.scope, row?.id ?? null, prefixes, audit);
    return c.body(null, 204);
  });

/** @throws AppError notFound */
async function requireSequence(c: HttpContext): Promise<FoundSequence> {
  const found = await findUsableSequence(getRequestScope(c), c.req.param("id") ?? "");
  if (found === null) throw createNotFoundError();
  return found;
}

/**
 * Loads the figures, the permissions and the agents' names that the views of these sequences show.
 */
async function loadSeen(c: HttpContext, found: readonly FoundSequence[]) {
  const { ctx, scope } = getRequestScope(c);
  const ids = found.map(({ content }) => content.id);
  const [figures, agentNames] = await Promise.all([
    loadSequenceFigures(scope, ids, listVisiblePropertyIds(c), ctx.now()),
    loadAgentNames(scope, listSequenceAgentIds(found)),
  ]);
  return (one: FoundSequence) => ({
    figures: figures.get(one.content.id),
    isEditable: mayEditSequence(c, one),
    agentNames,
  });
}

async function buildSequenceView(c: HttpContext, found: FoundSequence): Promise<Sequence> {
  const [toSeen, faults] = await Promise.all([
    loadSeen(c, [found]),
    found.row === null ? [] : findSequenceFaults(getRequestScope(c), found.row.steps),
  ]);
  return toSequenceView(found, toSeen(found), faults);
}

/**
 * Loads the earlier versions of one letter. A preset that the office has not changed has no earlier
 * versions.
 */
async function loadLetterVersions(
  c: HttpContext,
  row: SequenceRow | null,
  place: LetterPlace,
): Promise<LetterVersions> {
  const { scope } = getRequestScope(c);
  const stored = row === null ? [] : await listLetterVersions(scope, row.id, place);
  const isOwn = row !== null && row.presetId === null;
  const first = { savedBy: isOwn ? row.createdBy : null, savedAt: isOwn ? row.createdAt : null };
  const { current, versions } = findVersionAuthors(stored, first);
  const authors = [current, ...versions].flatMap(({ savedBy }) => savedBy ?? []);
  const names = await loadAgentNames(scope, [...new Set(authors)]);
  const toAuthor = ({ savedBy, savedAt }: LetterAuthor) => ({
    savedBy,
    savedByName: names.get(savedBy ?? "") ?? null,
    savedAt: toIsoOrNull(savedAt),
  });
  return {
    current: toAuthor(current),
    items: versions.map(({ id, letter, ...author }) => ({ id, ...toAuthor(author), letter })),
  };
}

type Drafted = Pick<NewSequence, "name" | "scope" | "type" | "steps" | "rules" | "presetId">;

async function saveNewSequence(
  c: HttpContext,
  drafted: Drafted,
  action: string,
  data?: Record<string, unknown>,
): Promise<Sequence> {
  const desk = getRequestScope(c);
  const id = desk.ctx.newId();
  const audit = buildAuditEntry(desk, action, `sequences/${formatSequenceId({ ...drafted, id })}`, data);
  await addSequence(desk.scope, { ...drafted, id, ownedBy: desk.agentId, replaced: [], audit });
  const row = await findSequence(desk.scope, id);
  if (row === undefined) throw createNotFoundError();
  const [found] = await resolveStoredSequences(desk, [row]);
  if (found === undefined) throw createNotFoundError();
  return await buildSequenceView(c, found);
}

/** @throws AppError conflict if the change would remove the preset from the office's list */
function refuseForPresets({ isArchived, scope }: z.output<typeof sequencePatch>): void {
  if (isArchived !== true && scope !== "mine") return;
  const field = isArchived === true ? "isArchived" : "scope";
  throw new AppError("conflict", "A preset stays in the office's list.", { [field]: "can't be changed" });
}

/**
 * Saves a changed copy of a preset for the office. Returns false if the office has a copy already.
 */
async function copyPreset(
  c: HttpContext,
  found: FoundSequence,
  { isArchived: _, ...change }: z.output<typeof sequencePatch>,
): Promise<boolean> {
  const desk = getRequestScope(c);
  const { name, type, rules, id } = found.content;
  const original = listEditableSteps(found);
  const steps = change.steps ?? original;
  return await addSequence(desk.scope, {
    id: desk.ctx.newId(),
    name: change.name ?? name,
    type: change.type ?? type,
    rules: change.rules ?? rules,
    steps,
    scope: "office",
    presetId: id,
    ownedBy: desk.agentId,
    replaced: listReplacedLetters(original, steps),
    audit: buildAuditEntry(desk, "sequence.copied", `sequences/${id}`),
  });
}

async function changeSequence(
  c: HttpContext,
  { id, steps: before }: SequenceRow,
  from: number,
  { isArchived, ...patch }: z.output<typeof sequencePatch>,
): Promise<boolean> {
  const desk = getRequestScope(c);
  const now = desk.ctx.now();
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const change: SequenceChange = Object.fromEntries(given);
  if (isArchived !== undefined) change.archivedAt = isArchived ? now : null;
  if (patch.scope === "mine") change.ownedBy = desk.agentId;
  const isQuiet = isArchived === undefined && patch.scope === undefined;
  const action =
    isArchived === undefined ? "sequence.changed" : isArchived ? "sequence.archived" : "sequence.unarchived";
  const quietSince = isQuiet ? now - limits.sequenceAuditMinutes * minuteMs : Number.MAX_SAFE_INTEGER;
  const audit = buildAuditEntry(desk, action, `sequences/${id}`, { from });
  const after = patch.steps ?? before;
  const letters = {
    replaced: listReplacedLetters(before, after),
    begun: listNewLetterPlaces(before, after),
  };
  return await updateSequence(desk.scope, { id, from, quietSince }, change, letters, audit);
}

/**
 * Returns the error that the sequence has changed since the caller read it. The error names the
 * person who changed the sequence, but not a person who restored a preset's original.
 */
async function createVersionError(c: HttpContext, { row }: FoundSequence): Promise<AppError> {
  const names = await loadAgentNames(getRequestScope(c).scope, row === null ? [] : [row.updatedBy]);
  const message =
    row === null
      ? "Someone else restored the original in the meantime."
      : `${names.get(row.updatedBy) ?? row.updatedBy} changed this sequence at ${toIso(row.updatedAt)}.`;
  return new AppError("preconditionFailed", message, {
    "If-Match": `is not the newest version, which is ${row?.version ?? 0}`,
  });
}
