import { expect, inject, test } from "vitest";
import { sanitizeHtml } from "../../worker/mail/template/sanitize.ts";
import { hostileValues, listLettersToAttack, renderLetterWithValue } from "../support/hostile-values.ts";
import { listForbiddenHtmlParts } from "../support/worker/foreign-parts.ts";

/*
 * Puts each hostile value into every variable of a template. In the deep run, every value is put
 * into every template.
 */
const isDeep = inject("isDeep");
const templates = listLettersToAttack(11, 50);

/**
 * Returns the first closing tag that does not match the innermost open element. If there is no such
 * tag, returns the name of an element that stays open. Returns null if the tags are balanced.
 */
function findUnbalancedTag(html: string): string | null {
  const open: string[] = [];
  for (const [tag, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (slash === "" && !/^(?:br|col|hr|img|wbr)$/.test(name)) open.push(name);
    if (slash !== "" && open.pop() !== name) return tag;
  }
  return open[0] ?? null;
}

/** Returns the parts of tables that a browser would move out of the letter's own cell. */
function listLooseTableParts(html: string): string[] {
  let depth = 0;
  return [...html.matchAll(/<(\/?)(table|t[rdh]|tbody|thead|tfoot|caption|col|colgroup)\b[^>]*>/g)].flatMap(
    ([tag, slash, name]) => {
      if (name === "table") depth += slash === "" ? 1 : -1;
      return depth < 0 || (name !== "table" && depth === 0) ? [tag] : [];
    },
  );
}

test("there are 500 hostile values, and they go into the presets and 50 other templates", () => {
  expect(hostileValues.length).toBeGreaterThanOrEqual(500);
  expect(templates.length).toBeGreaterThanOrEqual(60);
});

test("no hostile value adds a part that a letter may not have", { timeout: 600_000 }, async () => {
  for (const [index, value] of hostileValues.entries()) {
    const stride = isDeep ? 1 : 13;
    for (let at = isDeep ? 0 : index % stride; at < templates.length; at += stride) {
      const html = renderLetterWithValue(templates[at] ?? "", value);
      const found = [
        findUnbalancedTag(html),
        ...listLooseTableParts(html),
        ...(await listForbiddenHtmlParts(html)),
      ];
      expect([at, value, found]).toEqual([at, value, [null]]);
      const bare = html.replace(/<style>[\s\S]*?<\/style>/g, "");
      expect([at, value, sanitizeHtml(bare)]).toEqual([at, value, bare]);
    }
  }
});
