import { Hono } from "hono";
import { findPositionInSource, listSnippetIds } from "../../../shared/snippet-marker.ts";
import { templateLintInput } from "../../../shared/template.ts";
import type { ConvertedTemplate, LintFinding, LintResult } from "../../../shared/template-lint.ts";
import { templateFields } from "../../../shared/vocabulary.ts";
import { loadSnippetTexts } from "../../db/snippets.ts";
import { findTenant } from "../../db/tenants.ts";
import { fillLetterSnippets } from "../../domain/letter-snippets.ts";
import { convertMergeFields } from "../../domain/template/foreign-merge-fields.ts";
import { buildWordingCheckOptions, checkWording, type WordingTexts } from "../../mail/template/check.ts";
import { getRequestScope } from "../access.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, type HttpContext, readJson } from "../request.ts";

type PartialWording = { [Field in keyof WordingTexts]?: string | undefined };

/**
 * Returns the wording with empty text for each missing field. The routes leave out the faults of
 * missing fields.
 */
const fillWording = ({
  subject = "",
  preheader = "",
  bodyHtml = "",
  bodyText = "",
}: PartialWording): WordingTexts => ({
  ...{ subject, preheader, bodyHtml, bodyText },
});

/**
 * Routes that check and convert a wording before the wording is saved. A viewer may use the routes,
 * because nothing is stored.
 */
export const templateLintRoutes = new Hono<AppEnv>()
  .post("/templates/lint", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) => {
    const given = await readJson(c, templateLintInput);
    const { lint, removed } = await checkGivenWording(c, fillWording(given));
    const answer: LintResult = { lint: lint.filter(({ field }) => given[field] !== undefined), removed };
    return c.json(answer);
  })

  /**
   * Converts merge fields of other tools into variables. An ambiguous merge field is reported and
   * not converted.
   */
  .post("/templates/convert", requires({ role: "viewer", property: "none", owner: "anyone" }), async (c) => {
    const given = await readJson(c, templateLintInput);
    const wording = fillWording(given);
    const converted = templateFields.map((field) => ({ field, ...convertMergeFields(wording[field]) }));
    const texts = Object.fromEntries(converted.map(({ field, text }) => [field, text]));
    const result: WordingTexts = { ...wording, ...texts };
    const { lint } = await checkGivenWording(c, result);
    const answer: ConvertedTemplate = {
      ...result,
      conversions: converted.flatMap(({ field, conversions }) =>
        conversions.map((conversion) => ({ field, ...conversion })),
      ),
      lint: lint.filter(({ field }) => given[field] !== undefined),
    };
    return c.json(answer);
  });

/**
 * Checks a wording with its snippets filled in. Positions in the findings refer to the given
 * wording, so a finding within a snippet has the position of the snippet's marker.
 */
async function checkGivenWording(c: HttpContext, wording: WordingTexts) {
  const { scope } = getRequestScope(c);
  const source = wording.bodyHtml;
  const [tenant, snippets] = await Promise.all([
    findTenant(scope),
    loadSnippetTexts(scope, listSnippetIds(source)),
  ]);
  const checked = checkWording(fillLetterSnippets(wording, snippets), buildWordingCheckOptions(tenant));
  const toSource = (finding: LintFinding): LintFinding => {
    const isWhole = finding.start === 0 && finding.end === 0;
    if (finding.field !== "bodyHtml" || isWhole) return finding;
    const start = findPositionInSource(source, snippets, finding.start);
    const end = Math.max(start, findPositionInSource(source, snippets, finding.end));
    const before = source.slice(0, start).split("\n");
    return { ...finding, start, end, line: before.length, column: (before.at(-1) ?? "").length + 1 };
  };
  return snippets.size === 0 ? checked : { ...checked, lint: checked.lint.map(toSource) };
}
