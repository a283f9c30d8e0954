import type { Node } from "prosemirror-model";
import { expect, it } from "vitest";
import { parseLetter } from "../../plugin/views/letter/document/parse-letter.ts";
import { nodes } from "../../plugin/views/letter/document/schema.ts";
import { serializeLetter } from "../../plugin/views/letter/document/serialize-letter.ts";
import { englishPresets } from "../../shared/presets/presets.ts";
import { buildRandomLetter } from "../support/letters.ts";
import { chooseRunCount } from "../support/node/depth.ts";
import { createRandom } from "../support/worker/chaos/random.ts";

const presetLetters = englishPresets.flatMap(({ id, steps }) =>
  steps.map(({ bodyHtml }, index): [string, string] => [`${id}.${index + 1}`, bodyHtml]),
);

const listLocked = (doc: Node | null) =>
  doc?.children.filter(({ type }) => type === nodes.locked).map(({ attrs }) => attrs.html);

/**
 * Expects that the editor can show every part of the letter, and that saving the letter changes no
 * byte.
 */
function expectShown(html: string): void {
  const doc = parseLetter(html);
  expect({ html: doc && serializeLetter(doc), locked: listLocked(doc) }).toEqual({ html, locked: [] });
}

it.each(presetLetters)("shows the letter %s and keeps it byte for byte", (_name, html) => expectShown(html));

it("shows generated letters and keeps them byte for byte", () => {
  for (let seed = 1; seed <= chooseRunCount(200, 5_000); seed += 1) {
    const html = buildRandomLetter(createRandom(seed, "letter"));
    const doc = parseLetter(html);
    expect({ seed, html: doc && serializeLetter(doc), locked: listLocked(doc) }).toEqual({
      seed,
      html,
      locked: [],
    });
  }
});

it.each([
  "",
  "\n",
  "<p><br></p>",
  "<p>a</p>\n<p><br></p>",
  "<p>one</p><p>two</p>",
  "<p>one</p>\n\n  <p>two</p>\n",
  '<p><strong><a href="https://example.com">here</a></strong></p>',
  "<p>A &mdash; B&eacute; &#39;c&#39; & d</p>",
  "<p>\n  Hi there,\n  Jane\n</p>",
  '<p><a href="https://x.test/{{default property.city "Denver"}}">map</a></p>',
  "<ul><li>one</li><li>two<ol><li>three</li></ol></li></ul>",
])("shows %j as it is", expectShown);

it.each([
  ['<p style="color:red">Hi</p>', ['<p style="color:red">Hi</p>']],
  ["<p>Hi</p>\n<table><tr><td>a</td></tr></table>\n<p>Bye</p>", ["<table><tr><td>a</td></tr></table>"]],
  ["<h1>Hi</h1><p>you</p>", ["<h1>Hi</h1>"]],
  ["Hi <p>you</p>", ["Hi"]],
  ["<!-- a --><p>you</p>", ["<!-- a -->"]],
  ["{{#if property.city}}\n<p>you</p>\n{{/if}}\n<p>x</p>", ["{{#if property.city}}\n<p>you</p>\n{{/if}}"]],
  ["<p><u>you</u></p>", ["<p><u>you</u></p>"]],
  ["<ul class=x><li>a</li></ul>", ["<ul class=x><li>a</li></ul>"]],
  ["<style>\np > b { color: red }\n</style>\n<p>a</p>", ["<style>\np > b { color: red }\n</style>"]],
])("keeps the part of %j that it can't show", (html, locked) => {
  const doc = parseLetter(html);
  expect(doc && serializeLetter(doc)).toBe(html);
  expect(listLocked(doc)).toEqual(locked);
});

it.each([
  "<p>one<p>two",
  "<p>Hi</b></p></div>",
  "<div><p>Hi</p>",
  "<p>{{#if property.city}}a</p>",
  "<p>a{{/if}}</p>",
  "<p>{{#if property.city}}a</p>\n<p>b{{/if}}</p>",
])("has no document for %j, whose tags are not balanced in a block", (html) => {
  const doc = parseLetter(html);
  expect(doc === null ? null : serializeLetter(doc)).toBeOneOf([null, html]);
});

it("writes what is typed so that it is read back as the same text", () => {
  for (const text of ["a < b & c > d", "  two  spaces ", "{{", "a{", "a\\", "\u00a0", "&amp;", "<b>no</b>"]) {
    const paragraph = nodes.paragraph.create(null, [
      nodes.paragraph.schema.text(text),
      nodes.variable.create({ source: "{{sender.phone}}" }),
    ]);
    const doc = nodes.doc.create(null, [paragraph]);
    const html = serializeLetter(doc);
    const read = parseLetter(html);
    if (!text.includes("{{")) expect(read?.textContent, html).toBe(text);
    expect(read && serializeLetter(read)).toBe(html);
  }
});
