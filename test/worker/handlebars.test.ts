import { describe, expect, inject, test } from "vitest";
import {
  type ParsedTemplate,
  parseTemplate,
  type RenderMode,
  type RenderResult,
  renderTemplate,
} from "../../worker/mail/handlebars/handlebars.ts";
import { maxTemplateErrors } from "../../worker/mail/handlebars/limits.ts";
import { type HandlebarsCase, handlebarsCases } from "../support/worker/handlebars-cases.ts";

function parsed(source: string): ParsedTemplate {
  const result = parseTemplate(source);
  if (!result.ok) throw new Error(result.errors.map((error) => error.message).join("; "));
  return result.template;
}

function render(source: string, data: Record<string, unknown>, mode: RenderMode = "html"): RenderResult {
  return renderTemplate(parsed(source), data, mode);
}

function errorsOf(source: string): [number | null, number | null, string][] {
  const result = parseTemplate(source);
  return result.ok ? [] : result.errors.map((error) => [error.line, error.column, error.message]);
}

describe("rendering gives the same bytes as Handlebars", () => {
  /**
   * Matches partials and decorators, which Handlebars supports and the product's templates do not
   * support.
   */
  const REFUSED = /\{\{#?[>*]/;

  function ours({ template, data, mode }: HandlebarsCase): string | null {
    const result = parseTemplate(template);
    if (!result.ok) return null;
    const rendered = renderTemplate(result.template, data, mode);
    return rendered.ok ? rendered.output : null;
  }

  test("for every template in the table, by hand, by combination and at random", () => {
    const expected = inject("handlebarsExpected");
    const rows = handlebarsCases.map((row, index) => ({ row, theirs: expected[index] ?? null }));
    const compared = rows.filter(({ row }) => !REFUSED.test(row.template));
    const differing = compared
      .map(({ row, theirs }) => ({ template: row.template, mode: row.mode, ours: ours(row), theirs }))
      .filter((result) => result.ours !== result.theirs);
    expect(differing).toEqual([]);
    expect(expected).toHaveLength(handlebarsCases.length);
    expect(compared.filter(({ theirs }) => theirs !== null).length).toBeGreaterThan(800);
  });

  test("and inserts a value once, never as a template", () => {
    const data = { a: "{{b}}{{{b}}}{{#each c}}x{{/each}}", b: "secret" };
    expect(render("{{{a}}}", data, "text")).toEqual({ ok: true, output: data.a });
  });
});

describe("a template can read only the data's own properties:", () => {
  const called: string[] = [];
  class Person {
    name = "Ada";
    greet(): string {
      called.push("method");
      return "called";
    }
    get shout(): string {
      called.push("prototype accessor");
      return "called";
    }
  }
  const data: Record<string, unknown> = {
    person: new Person(),
    list: ["a"],
    text: "abc",
    run: () => called.push("function"),
    own: {
      get secret() {
        called.push("own accessor");
        return "called";
      },
    },
    odd: {
      toString: () => called.push("toString"),
      toHTML: () => called.push("toHTML"),
      valueOf: () => called.push("valueOf"),
    },
    iterable: { [Symbol.iterator]: () => called.push("iterator") },
    symbol: Symbol("s"),
  };

  test.each([
    "__proto__",
    "constructor",
    "constructor.constructor",
    "person.greet",
    "person.shout",
    "person.constructor.name",
    "person.__proto__.greet",
    "list.map",
    "list.constructor",
    "text.trim",
    "text.constructor",
    "run",
    "run.name",
    "own.secret",
    "symbol",
    "this.constructor",
    "@root.constructor",
    'lookup person "constructor"',
    'lookup this "__proto__"',
    'lookup (lookup text "constructor") "name"',
    'lookup list "concat"',
  ])("{{%s}} prints nothing", (path) => {
    expect(render(`[{{${path}}}]`, data)).toEqual({ ok: true, output: "[]" });
  });

  test("no function in the data is called", () => {
    const source =
      "{{odd}}{{{odd}}}{{#if odd}}{{/if}}{{#each odd}}{{this}}{{/each}}{{#with odd}}{{#each ../list}}{{this}}{{/each}}{{/with}}" +
      "{{#each iterable}}{{/each}}{{#run}}{{/run}}{{#if run}}{{/if}}{{#each run}}{{/each}}{{#with run}}{{/with}}{{lookup odd odd}}{{#own}}{{secret}}{{/own}}";
    expect(render(source, data).ok).toBe(true);
    expect(called).toEqual([]);
  });

  test("a key with a dangerous name is plain data if the data contains it", () => {
    const own = JSON.parse('{"__proto__":{"x":"own"},"constructor":"builder"}');
    expect(render("{{__proto__.x}} {{constructor}}", own)).toEqual({ ok: true, output: "own builder" });
    expect(Object.prototype).not.toHaveProperty("x");
  });
});

describe("an unsupported tag is an error at its place", () => {
  test.each<[string, number, number, RegExp]>([
    ["Hi\n  {{> footer}}", 2, 3, /Partials/],
    ["{{#> layout}}x{{/layout}}", 1, 1, /Partials/],
    ["{{* mark}}", 1, 1, /Decorators/],
    ['{{#*inline "a"}}x{{/inline}}', 1, 1, /Decorators/],
    ["a\n{{upper name}}", 2, 1, /no helper "upper"/],
    ["{{#if (equals a b)}}x{{/if}}", 1, 7, /no helper "equals"/],
    ["{{#repeat 3}}x{{/repeat}}", 1, 1, /no helper "repeat"/],
    ["{{log name}}", 1, 1, /no helper "log"/],
    ["{{default name}}", 1, 1, /fallback/],
    ['{{default name fallback="x"}}', 1, 1, /fallback/],
    ["{{lookup a}}", 1, 1, /key/],
    ["{{#if}}x{{/if}}", 1, 1, /exactly one/],
    ["{{#each a b}}x{{/each}}", 1, 1, /exactly one/],
    ["{{if a}}", 1, 1, /is a block/],
    ["{{#if a as |x|}}y{{/if}}", 1, 1, /as \|…\|/],
    ["{{#if a includeZeros=true}}y{{/if}}", 1, 9, /no option "includeZeros"/],
    ["{{#if a}}\nx", 2, 2, /ends before/],
    ["{{#if a}}{{/unless}}", 1, 4, /doesn't match/],
    ["x {{/if}}", 1, 3, /closing tag without/],
    ["{{a.this}}", 1, 3, /Invalid path/],
    ["line\n{{name", 2, 3, /./],
  ])("%j at %i:%i", (source, line, column, message) => {
    expect(errorsOf(source)).toEqual([[line, column, expect.stringMatching(message)]]);
  });

  test("all unsupported tags are reported, up to a limit", () => {
    expect(errorsOf("{{> a}}\n{{b 1}}\n{{#c 2}}{{/c}}").map(([line]) => line)).toEqual([1, 2, 3]);
    expect(errorsOf("{{> a}}".repeat(100))).toHaveLength(maxTemplateErrors);
  });

  test("a syntax tree in place of text is refused", () => {
    const ast = { type: "Program", body: [] } as unknown as string;
    expect(parseTemplate(ast)).toEqual({
      ok: false,
      errors: [{ message: "A template must be text", line: null, column: null }],
    });
  });
});
