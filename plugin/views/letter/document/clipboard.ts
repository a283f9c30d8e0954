import { closeHistory } from "prosemirror-history";
import { Fragment, type Node, Slice } from "prosemirror-model";
import { type EditorState, Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { limits } from "../../../../shared/limits.ts";
import { parsePastedHtml, parsePastedText } from "./clean-paste.ts";
import { lineSchema, parseLine } from "./line-schema.ts";
import { parseLetter } from "./parse-letter.ts";
import { nodes } from "./schema.ts";
import { serializeLetter } from "./serialize-letter.ts";

/**
 * The clipboard type for a copied part of a letter. Data of this type keeps everything, including
 * parts that the agent can't edit.
 */
const ownType = "application/x-doorknock-letter";
/** The longest HTML that the editor pastes. Word writes up to fifty times more markup than text. */
const longestPaste = 50 * limits.bodyLength;

const isLine = ({ schema }: EditorState) => schema === lineSchema;

const writeText = (content: Fragment) =>
  content.textBetween(0, content.size, "\n\n", (leaf) =>
    leaf.type === nodes.hardBreak ? "\n" : String(leaf.attrs.source ?? leaf.attrs.alt ?? ""),
  );

function copy(view: EditorView, event: ClipboardEvent, isCut: boolean): boolean {
  const { state } = view;
  if (state.selection.empty || event.clipboardData === null) return false;
  event.preventDefault();
  const { content } = state.selection.content();
  event.clipboardData.setData("text/plain", writeText(content));
  if (!isLine(state)) {
    const blocks = content.firstChild?.isInline ? [nodes.paragraph.create(null, content)] : content;
    const html = serializeLetter(nodes.doc.create(null, blocks));
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData(ownType, html);
  }
  if (isCut) view.dispatch(state.tr.deleteSelection().scrollIntoView());
  return true;
}

/**
 * Returns the blocks of the pasted content. The caller joins the first and the last paragraph to
 * the text around the cursor.
 */
function readBlocks(data: DataTransfer): readonly Node[] {
  const own = parseLetter(data.getData(ownType));
  if (own !== null && own.textContent + own.childCount !== "1") return own.children;
  const html = data.getData("text/html");
  const isReadable = html !== "" && html.length <= longestPaste;
  const found = isReadable ? parsePastedHtml(html) : [];
  return found.length > 0 ? found : parsePastedText(data.getData("text/plain").slice(0, limits.bodyLength));
}

function insert(view: EditorView, data: DataTransfer, position?: number): void {
  const { state } = view;
  const { tr } = state;
  const [from, to] =
    position === undefined ? [state.selection.from, state.selection.to] : [position, position];
  if (isLine(state)) {
    const line = parseLine(data.getData("text/plain").replace(/\s+/g, " ").trim()).firstChild;
    tr.replaceRange(from, to, new Slice(line?.content ?? Fragment.empty, 0, 0));
  } else {
    const blocks = readBlocks(data);
    const open = (block: Node | undefined) => (block?.type === nodes.paragraph ? 1 : 0);
    tr.replaceRange(from, to, new Slice(Fragment.from(blocks), open(blocks[0]), open(blocks.at(-1))));
  }
  // After this call, Undo reverts only the paste, and not the text that was typed before the paste.
  view.dispatch(closeHistory(tr).scrollIntoView());
}

/**
 * Copies and pastes without the browser's HTML parser. A host's CSP may forbid the parser. The
 * parser would also cause a CSP report for each style in a text from Word.
 */
export const clipboardPlugin = new Plugin({
  props: {
    handleDOMEvents: {
      copy: (view, event) => copy(view, event, false),
      cut: (view, event) => copy(view, event, true),
      paste(view, event) {
        event.preventDefault();
        if (event.clipboardData !== null && view.editable) insert(view, event.clipboardData);
        return true;
      },
      dragstart(_view, event) {
        event.preventDefault();
        return true;
      },
      drop(view, event) {
        event.preventDefault();
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (place !== null && event.dataTransfer !== null && view.editable) {
          insert(view, event.dataTransfer, place.pos);
        }
        return true;
      },
    },
  },
});
