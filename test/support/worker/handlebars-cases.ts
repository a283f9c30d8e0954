/**
 * Templates with their data. The tests compare the product's output byte by byte with the output of
 * Handlebars itself. Code in Node and in the Worker's runtime imports this file.
 */

import { handPickedTemplates } from "./handlebars-templates.ts";

export type HandlebarsCase = { template: string; data: Record<string, unknown>; mode: "html" | "text" };
/**
 * The outputs of Handlebars: for each case, the output at the same index, or null if Handlebars
 * threw.
 */
export type HandlebarsOutputs = (string | null)[];

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges
  interface ProvidedContext {
    handlebarsExpected: HandlebarsOutputs;
  }
}

/**
 * Every character that Handlebars escapes, some similar characters that stay unescaped, and two
 * characters that are not ASCII.
 */
const SPECIAL = `&<>"'\`=&amp;&#x27;/\\{}\u00e9\u{1f600}`;

export const handlebarsData: Record<string, unknown> = {
  firstName: "Ada",
  lastName: 'O\'Neil & "Sons" <b>',
  special: SPECIAL,
  mustache: "{{firstName}} {{{lastName}}} {{#if yes}}x{{/if}}",
  empty: "",
  blank: " ",
  zero: 0,
  one: 1,
  price: 1250000.5,
  negative: -3,
  yes: true,
  no: false,
  nothing: null,
  undefinedValue: undefined,
  notANumber: Number.NaN,
  key: "city",
  html: '<a href="https://x.test/?a=1&b=2">link</a>',
  property: {
    address: { street: "1 Main St", city: "Austin", zip: null },
    city: "Dallas",
    beds: 3,
    baths: 0,
    "list price": "$1",
    tags: ["pool", 'garage & "shop"'],
  },
  owners: [
    { name: "Ann", phones: ["1", "2"], address: { city: "Waco" } },
    { name: "Bob <bob@x.test>", phones: [], address: null },
    { name: "", phones: ["3"] },
  ],
  tags: ["a", "b<", '"c"'],
  single: ["only"],
  numbers: [0, 1, 2.5, -1],
  holes: [null, "x", undefined, false, "", 0],
  grid: [[1, 2], [3], [], [[4], 5]],
  none: [],
  emptyObject: {},
  map: { x: 1, y: "two", z: { name: "zed" }, "a b": null },
  this: "shadowed this",
  "first name": "Spaced",
  "a.b": "dotted",
  "12": "twelve",
  true: "truth",
  null: "nil",
  length: 99,
  if: "variable named if",
  default: "variable named default",
};

/** Splits a text at its commas, so that the tables in this file stay short. */
function splitAtCommas(text: string): string[] {
  return text.split(",").map((item) => item.trim());
}

const PATHS = splitAtCommas(`
  firstName, lastName, special, mustache, empty, blank, zero, one, price, negative, yes, no, nothing,
  undefinedValue, notANumber, html, missing, missing.deeper, nothing.deeper, zero.deeper, property,
  property.city, property/city, property.address.city, property/address/zip, property.[list price],
  property.tags, property.tags.0, property.tags.[1], property.tags.length, firstName.length, owners,
  owners.0.name, owners.1.name, owners.[2].phones, tags, numbers, holes, grid, none, emptyObject, map,
  map.z.name, map.[a b], this.firstName, ./firstName, this/lastName, ., this, .., ../firstName, ../../x,
  [first name], [a.b], [this], this.[this], [12], 12, "first name", 'a.b', true, null, undefined, false,
  @root, @root.firstName, @root.property.city, @index, @key, @first, @last, @../index, @unknown,
  @unknown.deeper, constructor, constructor.name, __proto__, __proto__.toString, toString, hasOwnProperty,
  firstName.constructor, firstName.trim, tags.map, tags.concat, property.valueOf, [], this.if, ./default,
  property.constructor.constructor
`);

const BLOCK_SUBJECTS = splitAtCommas(`
  firstName, empty, blank, zero, one, yes, no, nothing, undefinedValue, notANumber, missing, missing.deeper,
  property, property.address, owners, tags, single, numbers, holes, grid, none, emptyObject, map, this, ..,
  @root, @root.tags, ./owners
`);

const LITERALS = [
  '"text & <more>"',
  "'single'",
  '""',
  "0",
  "1",
  "-1.5",
  "true",
  "false",
  "null",
  "undefined",
];

function listSystematicTemplates(): string[] {
  const printed = PATHS.flatMap((path) => [`[{{${path}}}]`, `{{{${path}}}}`]);
  const blocks = BLOCK_SUBJECTS.flatMap((subject) => {
    return [
      `{{#if ${subject}}}yes{{else}}no{{/if}}`,
      `{{#unless ${subject}}}yes{{else}}no{{/unless}}`,
      `{{#each ${subject}}}<{{@index}}:{{@key}}:{{@first}}:{{@last}}={{this}}>{{else}}none{{/each}}`,
      `{{#with ${subject}}}{{this}}|{{firstName}}|{{../firstName}}{{else}}without {{firstName}}{{/with}}`,
      `{{#${subject}}}{{this}}|{{firstName}}|{{@index}}|{{../firstName}}{{else}}inverse {{firstName}}{{/${subject}}}`,
      `{{^${subject}}}inverse{{/${subject}}}`,
    ];
  });
  const values = LITERALS.flatMap((literal) => [
    `{{default missing ${literal}}}`,
    `{{default ${literal} firstName}}`,
    `{{#if ${literal}}}yes{{else}}no{{/if}}`,
    `{{lookup tags ${literal}}}`,
    `{{#with ${literal}}}{{this}}{{length}}{{else}}none{{/with}}`,
  ]);
  return [...printed, ...blocks, ...values];
}

/**
 * Returns a function that picks a whole number below a limit. The numbers look random but are the
 * same in every run.
 */
function createSeededPicker(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const FUZZ_PATHS =
  splitAtCommas(`firstName, lastName, name, this, .., ../name, ../../firstName, @index, @key, @last, @root.key, x, i, x.name,
  property.city, city, missing, ../this, nothing, zero, this.name, ./x, @../index, phones.length, holes`);
const FUZZ_SUBJECTS =
  splitAtCommas(`owners, tags, map, yes, owners, tags, property, yes, owners, phones, property, address, this, .., yes, no, missing, zero, holes, map, x, grid, single,
  ../tags, @root.owners, (lookup this 0), (default missing tags)`);
const FUZZ_TEXT = ["a", " ", "\n", "  \n", "\n  ", " b ", "<", "\r\n", "\t", "\\ ", "{ ", " }"];
const OPEN = ["{{#if ", "{{#unless ", "{{#each ", "{{#with ", "{{^if ", "{{#each "];

/**
 * Returns a valid random template of nested blocks. The template may have whitespace at every place
 * where Handlebars treats whitespace in a special way.
 */
function buildRandomTemplate(pick: (below: number) => number, depth: number): string {
  const one = (from: readonly string[]): string => from[pick(from.length)] ?? "";
  const tilde = (): string => (pick(5) === 0 ? "~" : "");
  const body = (): string => buildRandomTemplate(pick, depth + 1);
  const piece = (): string => {
    const kind = pick(depth > 1 ? 6 : 10);
    if (kind < 3) return one(FUZZ_TEXT);
    if (kind < 5) return `{{${tilde()}${one(FUZZ_PATHS)}${tilde()}}}`;
    if (kind === 5)
      return one([
        "{{{lastName}}}",
        "{{! c }}",
        "{{&this}}",
        '{{default name "d"}}',
        '{{lookup this "name"}}',
      ]);
    const subject = one(FUZZ_SUBJECTS);
    const isSection = kind === 9 && !subject.startsWith("(");
    const open = isSection ? "{{#" : one(OPEN);
    const name = isSection ? subject : open.replace(/[{#^ ]/g, "");
    const params = /each|with/.test(open) && open.startsWith("{{#") && pick(3) === 0 ? " as |x i|" : "";
    const plain = `{{${tilde()}else${tilde()}}}${body()}`;
    const chain = `{{else if ${one(FUZZ_PATHS)}${tilde()}}}${body()}{{^}}${body()}`;
    // An inverted block can't have an else-if chain.
    const middle = open.startsWith("{{^") ? ["", plain] : ["", "", plain, chain];
    const start = open.replace("{{", `{{${tilde()}`);
    return `${start}${subject}${params}${tilde()}}}${body()}${one(middle)}{{${tilde()}/${name}${tilde()}}}`;
  };
  return Array.from({ length: 1 + pick(4) }, piece).join("");
}

const RANDOM_TEMPLATES = 250;

export const handlebarsCases: HandlebarsCase[] = (() => {
  const pick = createSeededPicker(20260401);
  const random = Array.from({ length: RANDOM_TEMPLATES }, () => buildRandomTemplate(pick, 0));
  const all = [...handPickedTemplates, ...listSystematicTemplates(), ...random];
  return all.flatMap((template, index) => {
    const html = { template, data: handlebarsData, mode: "html" as const };
    // Text mode differs from HTML mode only in escaping, so only every third template is also
    // tested in text mode.
    return index % 3 === 0 ? [html, { template, data: handlebarsData, mode: "text" as const }] : [html];
  });
})();
