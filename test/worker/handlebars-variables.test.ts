import { describe, expect, test } from "vitest";
import {
  listVariables,
  type ParsedTemplate,
  parseTemplate,
  type RenderResult,
  renderTemplate,
} from "../../worker/mail/handlebars/handlebars.ts";

function parsed(source: string): ParsedTemplate {
  const result = parseTemplate(source);
  if (!result.ok) throw new Error(result.errors.map((error) => error.message).join("; "));
  return result.template;
}

function strictly(source: string, data: Record<string, unknown>): RenderResult {
  return renderTemplate(parsed(source), data, "html", { strict: true });
}

function missingIn(source: string, data: Record<string, unknown>): string[] | null {
  const result = strictly(source, data);
  return result.ok ? null : result.missing;
}

describe("strict rendering reports every missing value:", () => {
  const data = {
    firstName: "Ada",
    empty: "",
    blank: " \u00a0",
    nothing: null,
    zero: 0,
    no: false,
    property: { city: "Austin", address: { street: "1 Main" } },
    owners: [{ name: "Ann" }, { name: "" }],
    field: "zip",
    none: [],
  };

  test.each<[string, string[] | null]>([
    ["Hi {{firstName}}, {{zero}} {{no}}", null],
    ["Hi {{name}},", ["name"]],
    ["{{a}}{{b.c}}{{{d}}}{{&a}}{{a}}", ["a", "b.c", "d"]],
    ["{{empty}}{{blank}}{{nothing}}{{none}}", ["empty", "blank", "nothing", "none"]],
    ["{{property.address}}{{owners}}", ["property.address", "owners"]],
    ["{{property.address.street}}", null],
    [
      "{{#if name}}{{name}}{{/if}}{{#unless name}}x{{/unless}}{{#each list}}x{{/each}}{{#with o}}x{{/with}}{{#s}}x{{/s}}",
      null,
    ],
    ["{{#if firstName}}{{name}}{{/if}}", ["name"]],
    ['{{default name "there"}}', null],
    ['{{default blank "there"}}', null],
    ['{{default name ""}}', null],
    ["{{default name nick}}", ["name", "nick"]],
    ['{{default name (default nick "there")}}', null],
    ['{{default property.address "there"}}', ["property.address"]],
    ["{{#each owners}}{{name}}{{../firstName}}{{/each}}", ["owners.*.name"]],
    ["{{#each owners as |o|}}{{o.name}}{{/each}}", ["owners.*.name"]],
    ["{{#with property}}{{zip}}{{../lastName}}{{@root.x}}{{/with}}", ["property.zip", "lastName", "x"]],
    ['{{lookup property "city"}}{{lookup property field}}', ["property.zip"]],
    ["{{@index}}{{../up}}", ["@index", "../up"]],
    ["{{property.[list price]}}", ["property.[list price]"]],
    ["{{#each owners}}{{@index}}{{@first}}{{/each}}", null],
  ])("%j lacks %j", (source, missing) => {
    expect(missingIn(source, data)).toEqual(missing);
  });

  test("the failure gives its reason, and the template renders if it is not strict", () => {
    expect(strictly("Hi {{name}},", {})).toEqual({
      ok: false,
      reason: "missingVariables",
      missing: ["name"],
      message: "No value for name",
    });
    expect(renderTemplate(parsed("Hi {{name}},"), {}, "html")).toEqual({ ok: true, output: "Hi ," });
  });
});

describe("the variables of a template", () => {
  const flags = (source: string): Record<string, string> =>
    Object.fromEntries(
      listVariables(parsed(source)).map((variable) => [
        variable.path,
        `${variable.hasFallback ? "fallback" : ""}${variable.conditional ? "conditional" : ""}` || "required",
      ]),
    );

  test.each<[string, Record<string, string>]>([
    ["Hi {{firstName}} {{{a.b}}} {{&c/d}}", { firstName: "required", "a.b": "required", "c.d": "required" }],
    ['{{default firstName "there"}}', { firstName: "fallback" }],
    ["{{default firstName nick}}", { firstName: "fallback", nick: "conditional" }],
    ["{{#if a}}{{b}}{{else}}{{c}}{{/if}}", { a: "conditional", b: "conditional", c: "conditional" }],
    ['{{#if a}}{{a}}{{/if}}{{default a "x"}}', { a: "fallbackconditional" }],
    ["{{#if a}}{{a}}{{/if}}{{a}}", { a: "required" }],
    [
      "{{#each owners}}{{name}}{{this}}{{../city}}{{@index}}{{@root.x}}{{/each}}",
      {
        owners: "conditional",
        "owners.*.name": "conditional",
        "owners.*": "conditional",
        city: "conditional",
        x: "conditional",
      },
    ],
    [
      "{{#with a.b}}{{c}}{{#with d}}{{../e}}{{/with}}{{/with}}",
      { "a.b": "conditional", "a.b.c": "conditional", "a.b.d": "conditional", "a.b.e": "conditional" },
    ],
    ["{{#each a as |x i|}}{{x.y}}{{i}}{{/each}}", { a: "conditional", "a.*.y": "conditional" }],
    ['{{lookup a "b"}}{{lookup a c}}', { "a.b": "required", "a.*": "required", c: "conditional" }],
    [
      "{{#with (default a b)}}{{c}}{{/with}}",
      { a: "fallbackconditional", b: "conditional", "a.c": "conditional", "b.c": "conditional" },
    ],
    ['{{this}}{{.}}{{@index}}{{../x}}{{"y z"}}', { "[y z]": "required" }],
    ["no variables {{! none }} \\{{none}}", {}],
  ])("are listed for %j", (source, expected) => {
    expect(flags(source)).toEqual(expected);
  });
});
