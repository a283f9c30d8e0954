import { Hono } from "hono";
import { limits } from "../../../shared/limits.ts";
import { type ChangedSnippet, type Snippet, snippetInput, snippetPatch } from "../../../shared/snippet.ts";
import { listSnippetIds } from "../../../shared/snippet-marker.ts";
import { nearbySaleVariablePath } from "../../../shared/words/nearby-sale.ts";
import { loadAgentNames } from "../../db/agents.ts";
import {
  addSnippet,
  countLettersPerSnippet,
  deleteSnippet,
  findSnippet,
  type LetterWithSnippet,
  listLettersWithSnippet,
  listSnippets,
  loadSnippetTexts,
  type RefilledLetter,
  type SnippetRow,
  updateSnippet,
} from "../../db/snippets.ts";
import { findTenant } from "../../db/tenants.ts";
import { AppError } from "../../domain/errors.ts";
import { fillLetterSnippets, type SnippetTexts } from "../../domain/letter-snippets.ts";
import { buildWordingCheckOptions, checkWording } from "../../mail/template/check.ts";
import { listClaimsMade } from "../../mail/template/claims.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { passGates } from "../gates/gates.ts";
import { requireCurrentVersion } from "../if-match.ts";
import { requires } from "../permissions.ts";
import {
  type AppEnv,
  createNotFoundError,
  type HttpContext,
  parseId,
  readJson,
  refuseFaultyFields,
} from "../request.ts";
import { toIso } from "../views/instant.ts";

/**
 * Routes for the office's snippets. Every agent may use the snippets in letters; only a team lead
 * may change the snippets.
 */
export const snippetsRoutes = new Hono<AppEnv>()
  .get("/snippets", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    return c.json({ items: await buildViews(desk, await listSnippets(desk.scope, limits.snippets)) });
  })

  .post("/snippets", requires({ role: "teamLead", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, snippetInput);
    await refuseFaultySnippet(desk, input.bodyHtml);
    const id = desk.ctx.newId();
    const audit = buildAuditEntry(desk, "snippet.created", `snippets/${id}`);
    if (!(await addSnippet(desk.scope, { ...input, id }, limits.snippets, audit)))
      throw new AppError(
        "conflict",
        `An office can have at most ${limits.snippets} snippets. Delete one first.`,
      );
    return c.json(await loadView(desk, id), 201);
  })

  .patch("/snippets/:id", requires({ role: "teamLead", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const row = await requireSnippet(c);
    const patch = await readJson(c, snippetPatch);
    const from = await requireCurrentVersion(c, row.version, () => createVersionError(desk, row));
    const change = {
      id: row.id,
      from,
      name: patch.name ?? row.name,
      bodyHtml: patch.bodyHtml ?? row.bodyHtml,
    };
    const isNewText = change.bodyHtml !== row.bodyHtml;
    if (isNewText) await refuseFaultySnippet(desk, change.bodyHtml);
    const letters = isNewText ? await refillLetters(c, change) : [];
    const audit = buildAuditEntry(desk, "snippet.changed", `snippets/${row.id}`, {
      from,
      letters: letters.length,
    });
    const campaigns = await updateSnippet(desk.scope, change, letters, audit);
    if (campaigns === null) throw await createVersionError(desk, await requireSnippet(c));
    const answer: ChangedSnippet = { ...(await loadView(desk, row.id)), campaigns };
    return c.json(answer);
  })

  .delete("/snippets/:id", requires({ role: "teamLead", property: "none", owner: "anyone" }), async (c) => {
    const desk = getRequestScope(c);
    const { id } = await requireSnippet(c);
    const audit = buildAuditEntry(desk, "snippet.deleted", `snippets/${id}`);
    if (!(await deleteSnippet(desk.scope, id, audit)))
      throw new AppError("conflict", "Emails use this snippet. Remove it from them first.");
    return c.body(null, 204);
  });

/** @throws AppError notFound */
async function requireSnippet(c: HttpContext): Promise<SnippetRow> {
  const row = await findSnippet(getRequestScope(c).scope, parseId(c.req.param("id") ?? ""));
  if (row === undefined) throw createNotFoundError();
  return row;
}

/**
 * Refuses a snippet's text that would be faulty in a letter, contains another snippet, or mentions
 * a nearby sale, which only a launch can name.
 * @throws AppError invalidRequest
 */
async function refuseFaultySnippet({ scope }: RequestScope, bodyHtml: string): Promise<void> {
  const parts = { subject: "Hello", preheader: "", bodyText: "" };
  if (listSnippetIds(bodyHtml).length > 0) refuseFaultyFields({ bodyHtml: "can't contain another snippet" });
  if (bodyHtml.includes(nearbySaleVariablePath))
    refuseFaultyFields({ bodyHtml: "can't mention the nearby sale; write that in the email itself" });
  const { fields } = checkWording({ ...parts, bodyHtml }, buildWordingCheckOptions(await findTenant(scope)));
  refuseFaultyFields(fields);
}

/**
 * Returns the letters of unfinished campaigns that use a snippet, with the snippet's new text. Asks
 * the gates (checks that can forbid emails) about these letters first.
 * @throws AppError if a gate forbids a letter, or too many letters use the snippet
 */
async function refillLetters(
  c: HttpContext,
  { id, bodyHtml }: { id: number; bodyHtml: string },
): Promise<RefilledLetter[]> {
  const { scope } = getRequestScope(c);
  const pinned = await listLettersWithSnippet(scope, id, limits.lettersPerSnippet + 1);
  if (pinned.length > limits.lettersPerSnippet)
    throw new AppError(
      "conflict",
      `More than ${limits.lettersPerSnippet} emails in running campaigns use this snippet, so it can't be changed right now.`,
    );
  const known = await loadSnippetTexts(
    scope,
    listSnippetIds(pinned.map(({ sourceHtml }) => sourceHtml).join()),
  );
  const letters = refill(pinned, new Map([...known, [id, bodyHtml]]));
  if (letters.length === 0) return letters;
  await passGates(c, {
    action: "wording",
    // The gates about letters read only the campaign's approval, and a team lead's request needs no
    // approval.
    campaign: { type: "followUp", senderId: 0, otherSenderIds: [], approval: null },
    letters: letters.map((letter, index) => ({ ...letter, stepNumber: index + 1 })),
    // A snippet can't mention a nearby sale, so the gate about sales must not refuse this change.
    namesSale: async () => true,
    runningLetters: [],
  });
  return letters;
}

/**
 * Fills the snippets' new texts into the letters. Each template version in use gets a new version
 * of its own.
 */
function refill(pinned: readonly LetterWithSnippet[], snippets: SnippetTexts): RefilledLetter[] {
  const versions = new Map<number, number>();
  return pinned.map((letter) => {
    const to = (versions.get(letter.templateId) ?? letter.newestVersion) + 1;
    versions.set(letter.templateId, to);
    const filled = fillLetterSnippets({ ...letter, bodyHtml: letter.sourceHtml }, snippets);
    const { bodyHtml, variables, fields } = checkWording(filled);
    const [fault] = Object.values(fields);
    if (fault !== undefined)
      refuseFaultyFields({ bodyHtml: `would spoil the letter “${letter.name}”: its text ${fault}` });
    return { ...letter, to, bodyHtml, variables, claims: listClaimsMade({ ...filled, bodyHtml }) };
  });
}

async function buildViews({ scope }: RequestScope, rows: readonly SnippetRow[]): Promise<Snippet[]> {
  const [letters, names] = await Promise.all([
    countLettersPerSnippet(scope),
    loadAgentNames(
      scope,
      rows.map(({ updatedBy }) => updatedBy),
    ),
  ]);
  return rows.map(({ id, name, bodyHtml, version, updatedBy, updatedAt }) => ({
    ...{ id, name, bodyHtml, version, updatedBy },
    letters: letters.get(id) ?? 0,
    updatedByName: names.get(updatedBy) ?? null,
    updatedAt: toIso(updatedAt),
  }));
}

async function loadView(desk: RequestScope, id: number): Promise<Snippet> {
  const row = await findSnippet(desk.scope, id);
  const [view] = row === undefined ? [] : await buildViews(desk, [row]);
  if (view === undefined) throw createNotFoundError();
  return view;
}

async function createVersionError({ scope }: RequestScope, row: SnippetRow): Promise<AppError> {
  const names = await loadAgentNames(scope, [row.updatedBy]);
  const who = names.get(row.updatedBy) ?? row.updatedBy;
  return new AppError(
    "preconditionFailed",
    `${who} changed this snippet or an email that uses it. Reload and try again.`,
    {
      "If-Match": `is not the newest version, which is ${row.version}`,
    },
  );
}
