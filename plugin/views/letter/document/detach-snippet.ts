import type { Node } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import { parseLetter } from "./parse-letter.ts";

/**
 * Returns the paragraphs of a snippet as the editor shows them; null if the editor can't show the
 * snippet.
 */
const readParagraphs = (html: string): readonly Node[] | null => parseLetter(html)?.children ?? null;

/**
 * Returns a command that replaces the paragraph with a snippet's tag by the snippet's paragraphs.
 * Later changes of the snippet then don't change this letter. The command does nothing if the
 * paragraph has other text, or if the editor can't show the snippet.
 * @param position the position of the snippet's tag
 * @param html the snippet's text
 */
export const detachSnippet =
  (position: number, html: string): Command =>
  (state, dispatch) => {
    const $marker = state.doc.resolve(position);
    const blocks = readParagraphs(html);
    if ($marker.depth !== 1 || $marker.parent.childCount !== 1 || blocks === null) return false;
    const from = $marker.before();
    const tr = state.tr.replaceWith(from, $marker.after(), blocks);
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(from + 1))).scrollIntoView());
    return true;
  };
