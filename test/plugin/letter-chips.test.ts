import { expect, it } from "vitest";
import { type ChipValues, describeChip } from "../../plugin/views/letter/document/chip-text.ts";
import { findCompletions } from "../../plugin/views/letter/document/completion.ts";
import { parseLine, serializeLine } from "../../plugin/views/letter/document/line-schema.ts";
import {
  parseConditionBlock,
  parseVariableTag,
  serializeConditionBlock,
  serializeVariableTag,
} from "../../plugin/views/letter/document/variable-source.ts";
import { listPhotoUrls } from "../../plugin/views/letter/photos.ts";

const values: ChipValues = {
  owner: "Priya Nair",
  snippets: [{ id: 4, name: "How we work", bodyHtml: "" }],
  variables: [
    { path: "recipient.firstName", label: "First name", example: "Jane", value: "Priya" },
    { path: "property.city", label: "City", example: "Denver", value: null },
    { path: "sender.phone", label: "Your phone", example: "", value: "(303) 555-0142" },
  ],
};

it.each([
  ["{{recipient.firstName}}", { label: "First name", text: "Priya", state: "known" }],
  ['{{default recipient.firstName "there"}}', { label: "First name", text: "Priya", state: "known" }],
  ['{{default property.city "your area"}}', { label: "City", text: "your area", state: "fallback" }],
  ["{{property.city}}", { label: "City", text: "missing", state: "missing" }],
  ["{{recipient.petName}}", { label: "Pet name", text: "missing", state: "missing" }],
  [
    "{{#if sender.phone}}<br>{{sender.phone}}{{/if}}",
    { label: "If your phone is known", text: "⏎ (303) 555-0142", state: "condition" },
  ],
  [
    "{{#each property.sales}}x{{/each}}",
    { label: "Code", text: "{{#each property.sales}}x{{/each}}", state: "code" },
  ],
  ["{{> snippet-4}}", { label: "Snippet", text: "How we work", state: "known" }],
  ["{{> snippet-5}}", { label: "Snippet", text: "{{> snippet-5}}", state: "code" }],
])("describes %s", (source, shown) => expect(describeChip(source, values)).toEqual(shown));

it("shows no value as missing if there is no owner", () => {
  expect(describeChip("{{property.city}}", { ...values, owner: null }).state).toBe("unfilled");
});

it("writes a variable so that its fallback can't end the tag", () => {
  const write = (fallback: string | null) => serializeVariableTag({ path: "property.city", fallback });
  expect(write(null)).toBe("{{property.city}}");
  for (const fallback of ["your area", `it's`, `say "yes"`, "}} {{x", `a\\`, `"a" 'b'`]) {
    const read = parseVariableTag(write(fallback));
    expect(read?.path, fallback).toBe("property.city");
    expect(read?.fallback?.replaceAll("’", "'")).toBe(fallback.replace(/[{}\\]/g, ""));
  }
});

it("reads plain conditions only", () => {
  const source = "{{#if property.city}} in {{property.city}}{{/if}}";
  const condition = parseConditionBlock(source);
  expect(condition).toEqual({ path: "property.city", isNegated: false, body: " in {{property.city}}" });
  expect(condition && serializeConditionBlock(condition)).toBe(source);
  for (const other of [
    "{{#if a.b}}x{{else}}y{{/if}}",
    "{{#if a.b}}{{#if c.d}}x{{/if}}{{/if}}",
    "{{#each a.b}}x{{/each}}",
  ]) {
    expect(parseConditionBlock(other)).toBeNull();
  }
});

it.each([
  "",
  "Your roof",
  'Question about {{default property.streetAddress "your property"}}?',
  "{{",
  "a }} b",
  "{{#if a.b}}x",
])("keeps the line %j", (line) => expect(serializeLine(parseLine(line))).toBe(line));

it("finds variables by any words of their names", () => {
  const find = (words: string) => findCompletions(words, values.variables).map(({ path }) => path);
  expect(find("")).toHaveLength(3);
  expect(find("first na")).toEqual(["recipient.firstName"]);
  expect(find("property.ci")).toEqual(["property.city"]);
  expect(find("ci")).toEqual(["property.city", "recipient.firstName"]);
  expect(find("zzz")).toEqual([]);
});

it("finds the photos of a property, whatever the host calls them", () => {
  expect(
    listPhotoUrls({
      media: [{ mediaURL: "https://x.test/1.jpg" }, { mediaURL: 4 }],
      photos: ["https://x.test/2.jpg", "https://x.test/1.jpg", "javascript:x"],
      coverImage: "https://x.test/3.jpg",
      city: "https://x.test/4.jpg",
    }),
  ).toEqual(["https://x.test/1.jpg", "https://x.test/2.jpg", "https://x.test/3.jpg"]);
});
