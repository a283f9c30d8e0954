import { EditorState, TextSelection } from "prosemirror-state";
import { expect, it } from "vitest";
import { insertSnippet } from "../../plugin/views/letter/document/insert-snippet.ts";
import { parseLetter } from "../../plugin/views/letter/document/parse-letter.ts";
import { serializeLetter } from "../../plugin/views/letter/document/serialize-letter.ts";

const marker = "{{> snippet-4}}";

/** Returns the letter after the snippet was inserted with the cursor at this position. */
function insertAt(html: string, position: number): string {
  const doc = parseLetter(html);
  if (doc === null) throw new Error(`can't be shown: ${html}`);
  let state = EditorState.create({ doc });
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, position)));
  insertSnippet(marker)(state, (tr) => {
    state = state.apply(tr);
  });
  state.doc.check();
  return serializeLetter(state.doc);
}

it.each([
  [
    "after the paragraph with the cursor",
    "<p>One</p><p>Two</p>",
    2,
    `<p>One</p>\n<p>${marker}</p><p>Two</p>`,
  ],
  ["in place of an empty paragraph", "<p>One</p><p><br></p>", 6, `<p>One</p>\n<p>${marker}</p>`],
  ["after a list, never inside", "<ul><li>One</li></ul><p>Two</p>", 4, `</ul>\n<p>${marker}</p><p>Two</p>`],
])("inserts a snippet %s", (_, html, position, expected) =>
  expect(insertAt(html, position)).toContain(expected),
);

it("leaves a letter with a snippet as it is", () => {
  const html = `<p>One</p><p>${marker}</p><p>Two</p>`;
  const doc = parseLetter(html);
  expect(doc && serializeLetter(doc)).toBe(html);
});
