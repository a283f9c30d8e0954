import type { AnswerSnippet } from "../../shared/answer.ts";
import { loadCandidates } from "../db/candidates.ts";
import { loadSenderIdentities, loadTenantIdentities } from "../db/email-inputs.ts";
import type { Scope } from "../db/scope.ts";
import { listSnippets } from "../db/snippets.ts";
import { applyNewerFacts } from "../domain/send/facts-of-day.ts";
import { labelVariable } from "../mail/merge-data/variable-labels.ts";
import { listMissingVariables, renderLetterDraft } from "./render.ts";

/**
 * Returns the office's snippets by name, at most `limit`, as plain text with one recipient's
 * values. A snippet that can't be rendered is left out.
 */
export async function loadAnswerSnippets(
  scope: Scope,
  recipientId: number,
  limit: number,
): Promise<AnswerSnippet[]> {
  const [snippets, [candidate]] = await Promise.all([
    listSnippets(scope, limit),
    loadCandidates(scope.db, [recipientId], scope.tenantId),
  ]);
  if (candidate === undefined || snippets.length === 0) return [];
  const [[sender], [tenant]] = await Promise.all([
    loadSenderIdentities(scope.db, [candidate.recipient.senderId]),
    loadTenantIdentities(scope.db, [scope.tenantId]),
  ]);
  if (sender === undefined || tenant === undefined) return [];
  const people = { recipient: applyNewerFacts(candidate), sender, tenant, cacheKey: null };
  const rendered = snippets.map(async ({ id, name, bodyHtml }): Promise<AnswerSnippet[]> => {
    const content = { subject: "", preheader: "", bodyText: "", bodyHtml };
    const draft = await renderLetterDraft({ ...people, content });
    if (draft === null) return [];
    const missing = listMissingVariables({ ...people, content, isReply: true }).map(labelVariable);
    return [{ id, name, bodyText: draft.bodyText, missing }];
  });
  return (await Promise.all(rendered)).flat();
}
