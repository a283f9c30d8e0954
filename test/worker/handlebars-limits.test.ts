import { describe, expect, test } from "vitest";
import {
  createTemplateCache,
  listVariables,
  parseTemplate,
  type RenderResult,
  renderTemplate,
} from "../../worker/mail/handlebars/handlebars.ts";
import {
  maxLoopIterations,
  maxOutputBytes,
  maxTemplateBytes,
  maxTemplateDepth,
} from "../../worker/mail/handlebars/limits.ts";

function render(source: string, data: Record<string, unknown>): RenderResult {
  const result = parseTemplate(source);
  if (!result.ok) throw new Error(result.errors.map((error) => error.message).join("; "));
  return renderTemplate(result.template, data, "html");
}

function failure(source: string): string | undefined {
  const result = parseTemplate(source);
  return result.ok ? undefined : result.errors[0]?.message;
}

describe("a template is limited in", () => {
  test("the bytes of its source, counted in UTF-8", () => {
    expect(parseTemplate("x".repeat(maxTemplateBytes)).ok).toBe(true);
    expect(failure("x".repeat(maxTemplateBytes + 1))).toMatch(/over 100 KB/);
    expect(parseTemplate("é".repeat(maxTemplateBytes / 2)).ok).toBe(true);
    expect(failure(`x${"é".repeat(maxTemplateBytes / 2)}`)).toMatch(/over 100 KB/);
    expect(failure("\u{1f600}".repeat(maxTemplateBytes / 4 + 1))).toMatch(/over 100 KB/);
  });

  test("the number of its tags", () => {
    expect(failure("{{a}}".repeat(20_400))).toMatch(/too many tags/);
  });

  test("the depth of blocks, else-if chains and subexpressions", () => {
    const nested = (depth: number): string => `${"{{#if a}}".repeat(depth)}x${"{{/if}}".repeat(depth)}`;
    const chained = (depth: number): string => `{{#if a}}1${"{{else if b}}2".repeat(depth - 1)}{{/if}}`;
    const called = (depth: number): string =>
      `{{default a ${"(default a ".repeat(depth)}1${")".repeat(depth)}}}`;
    for (const build of [nested, chained, called]) {
      expect(parseTemplate(build(maxTemplateDepth)).ok).toBe(true);
      expect(failure(build(maxTemplateDepth + 1))).toMatch(/nested more than/);
    }
    expect(parseTemplate(nested(3).repeat(200)).ok).toBe(true);
    expect(parseTemplate(`{{!-- ${"{{#if a}}".repeat(60)} --}}`).ok).toBe(true);
  });

  test("nesting that would take minutes to parse", () => {
    const sources = [
      "{{#a}}".repeat(16_000),
      `{{a ${"(b ".repeat(30_000)}`,
      "{{#a}}{{!{{/a}}".repeat(6_000),
      "{{{{a}}}}".repeat(11_000),
    ];
    // If the parser needs minutes, the time limit of the test ends the test.
    for (const source of sources) expect(parseTemplate(source).ok).toBe(false);
  });

  test("the loop iterations of the whole rendering", () => {
    const items = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
    expect(render("{{#each a}}{{/each}}", { a: items(maxLoopIterations) }).ok).toBe(true);
    const over = [
      render("{{#each a}}{{/each}}", { a: items(maxLoopIterations + 1) }),
      render("{{#a}}{{/a}}", { a: items(maxLoopIterations + 1) }),
      render("{{#each a}}{{#each ../a}}{{/each}}{{/each}}", { a: items(101) }),
    ];
    for (const result of over) expect(result).toMatchObject({ ok: false, reason: "limit", message: /loop/ });
  });

  test("work without output", () => {
    const result = render(`{{#each a}}${"{{#if b}}x{{/if}}".repeat(100)}{{/each}}`, {
      a: Array.from({ length: 9_000 }),
    });
    expect(result).toMatchObject({ ok: false, reason: "limit" });
  });

  test("the bytes of its output after escaping", () => {
    const fits = { a: "é".repeat(maxOutputBytes / 2) };
    expect(render("{{a}}", fits).ok).toBe(true);
    expect(render("{{a}}.", fits)).toMatchObject({ ok: false, reason: "limit" });
    expect(render("{{a}}", { a: "&".repeat(maxOutputBytes / 4) })).toMatchObject({
      ok: false,
      reason: "limit",
    });
    expect(render("{{{a}}}", { a: "&".repeat(maxOutputBytes / 4) }).ok).toBe(true);
    expect(render("{{#each a}}{{@root.b}}{{/each}}", { a: [1, 2, 3], b: "x".repeat(100_000) })).toMatchObject(
      { ok: false },
    );
  });

  test("the depth of its data", () => {
    const loop: unknown[] = [];
    loop.push(loop, 1);
    expect(render("{{loop}}", { loop })).toEqual({ ok: true, output: ",1" });
    expect(render("{{deep}}", { deep: JSON.parse("[".repeat(5_000) + "]".repeat(5_000)) })).toEqual({
      ok: true,
      output: "",
    });
  });
});

describe("the cache of parsed templates", () => {
  test("returns the same result for the same key and source, and parses a changed source", () => {
    const cache = createTemplateCache(2);
    const first = cache.parse("a", "{{x}}");
    expect(cache.parse("a", "{{x}}")).toBe(first);
    const changed = cache.parse("a", "{{y}}");
    expect(changed.ok && listVariables(changed.template)[0]?.path).toBe("y");
    expect(cache.parse("bad", "{{")).toBe(cache.parse("bad", "{{"));
  });

  test("drops the least recently used template when it is full, by number or by size", () => {
    const cache = createTemplateCache(2);
    const [a, b] = [cache.parse("a", "a"), cache.parse("b", "b")];
    expect(cache.parse("a", "a")).toBe(a);
    cache.parse("c", "c");
    expect(cache.parse("a", "a")).toBe(a);
    expect(cache.parse("b", "b")).not.toBe(b);

    const wide = createTemplateCache(1_000);
    const first = wide.parse("0", "x".repeat(100_000));
    for (let i = 1; i < 30; i++) wide.parse(String(i), "x".repeat(100_000));
    expect(wide.parse("0", "x".repeat(100_000))).not.toBe(first);
  });
});
