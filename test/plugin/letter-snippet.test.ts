import { history, undo } from "prosemirror-history";
import { EditorState, TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { detachSnippet } from "../../plugin/views/letter/document/detach-snippet.ts";
import { insertSnippet } from "../../plugin/views/letter/document/insert-snippet.ts";
import { parseLetter } from "../../plugin/views/letter/document/parse-letter.ts";
import { serializeLetter } from "../../plugin/views/letter/document/serialize-letter.ts";

const marker = "{{> snippet-4}}";

/** Inserts the snippet with the cursor at this position, and returns the letter. */
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

describe("a snippet that becomes a part of the letter", () => {
  /**
   * Replaces the snippet's tag by the snippet's words, and returns the letter. Also returns the
   * letter after Undo.
   */
  function detachAt(html: string, position: number, snippet: string) {
    const doc = parseLetter(html);
    if (doc === null) throw new Error(`can't be shown: ${html}`);
    let state = EditorState.create({ doc, plugins: [history()] });
    const dispatch = (tr: typeof state.tr) => {
      state = state.apply(tr);
    };
    const isDone = detachSnippet(position, snippet)(state, dispatch);
    state.doc.check();
    const after = serializeLetter(state.doc);
    undo(state, dispatch);
    return { isDone, after, undone: serializeLetter(state.doc) };
  }
  const letter = `<p>One</p><p>${marker}</p><p>Two</p>`;
  const place = "<p>One</p>".length - "<p></p>".length + 3;

  it("has the snippet's paragraphs in its place, and undo brings the marker back", () => {
    const snippet =
      "<p>We answer <strong>soon</strong>, {{recipient.firstName}}.</p><ul><li>Always</li></ul>";
    const { isDone, after, undone } = detachAt(letter, place, snippet);
    expect(isDone).toBe(true);
    expect(after.replaceAll("\n", "")).toBe(`<p>One</p>${snippet}<p>Two</p>`);
    expect(undone).toBe(letter);
  });

  it("keeps a part of the snippet that the editor can't show byte for byte", () => {
    const snippet = '<table><tr><td style="color: red">Red</td></tr></table>';
    expect(detachAt(letter, place, snippet).after.replaceAll("\n", "")).toBe(
      `<p>One</p>${snippet}<p>Two</p>`,
    );
  });

  it.each([
    ["the snippet's tags are not balanced", letter, place, "<p>One"],
    ["the marker stands within other text", `<p>One ${marker}</p>`, 5, "<p>Two</p>"],
  ])("stays a snippet if %s", (_, html, position, snippet) => {
    expect(detachAt(html, position, snippet)).toMatchObject({ isDone: false, after: html });
  });
});
