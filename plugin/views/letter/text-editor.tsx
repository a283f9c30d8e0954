import { useState } from "preact/hooks";
import { toggleMark } from "prosemirror-commands";
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import type { Command } from "prosemirror-state";
import { limits } from "../../../shared/limits.ts";
import { formatSnippetMarker } from "../../../shared/snippet-marker.ts";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import type { ChipValues } from "./document/chip-text.ts";
import {
  findLink,
  findListType,
  hasMark,
  insertImage,
  insertVariable,
  letterKeymap,
  linkSelection,
  removeLink,
  toggleList,
} from "./document/commands.ts";
import { insertSnippet } from "./document/insert-snippet.ts";
import { parseLetter } from "./document/parse-letter.ts";
import { marks, nodes } from "./document/schema.ts";
import { serializeLetter } from "./document/serialize-letter.ts";
import { type Tool, Toolbar } from "./toolbar.tsx";
import { useChipPanel } from "./use-chip-panel.tsx";
import { buildNewVariableTag, useVariableCompletion } from "./use-completion.tsx";
import { type EditorKind, useEditor } from "./use-editor.ts";
import { VariablePicker } from "./variable-picker.tsx";

type Props = {
  html: string;
  values: ChipValues;
  onChange: (html: string) => void;
};

const loadLinkForm = () => import("./insert-forms.tsx").then(({ LinkForm: View }) => ({ View }));
const loadImageForm = () => import("./insert-forms.tsx").then(({ ImageForm: View }) => ({ View }));

const letterKind: EditorKind = {
  parse: parseLetter,
  serialize: serializeLetter,
  keys: letterKeymap,
  maxLength: limits.bodyLength,
};

/** Shows the editor for the text of a letter, without HTML tags. */
export function LetterTextEditor({ html, values, onChange }: Props) {
  const [form, setForm] = useState<"link" | "image" | null>(null);
  const completion = useVariableCompletion(values);
  const panel = useChipPanel(values);
  const editor = useEditor({
    ...{ kind: letterKind, text: html, values, label: say("Text"), field: "letter.bodyHtml", onChange },
    onKeyDown: (event, view) => {
      if (completion.onKeyDown(event, view) || panel.onKeyDown(event, view)) return true;
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return false;
      event.preventDefault();
      setForm("link");
      return true;
    },
  });
  const { state, run } = editor;
  const closeForm = () => {
    setForm(null);
    editor.view.current?.focus();
  };
  const finish = (command: Command) => {
    run(command);
    closeForm();
  };
  const link = state && findLink(state);
  const list = state && findListType(state);
  const tools: Tool[] = [
    {
      icon: "bold",
      label: say("Bold"),
      isOn: state !== null && hasMark(state, marks.strong),
      onClick: () => run(toggleMark(marks.strong)),
    },
    {
      icon: "italic",
      label: say("Italic"),
      isOn: state !== null && hasMark(state, marks.em),
      onClick: () => run(toggleMark(marks.em)),
    },
    {
      icon: "link",
      label: say("Link"),
      isOn: link !== null,
      onClick: () => setForm(form === "link" ? null : "link"),
    },
    {
      icon: "bullets",
      label: say("Bulleted list"),
      isOn: list === nodes.bulletList,
      onClick: () => run(toggleList(nodes.bulletList)),
    },
    {
      icon: "numbers",
      label: say("Numbered list"),
      isOn: list === nodes.orderedList,
      onClick: () => run(toggleList(nodes.orderedList)),
    },
    { icon: "image", label: say("Image"), onClick: () => setForm(form === "image" ? null : "image") },
    {
      icon: "undo",
      label: say("Undo"),
      isDisabled: state === null || undoDepth(state) === 0,
      onClick: () => run(undo),
    },
    {
      icon: "redo",
      label: say("Redo"),
      isDisabled: state === null || redoDepth(state) === 0,
      onClick: () => run(redo),
    },
  ];
  return (
    <div class="field">
      <span aria-hidden="true">{say("Text")}</span>
      <div class="text-box">
        <Toolbar tools={tools}>
          <VariablePicker
            label={say("Insert")}
            variables={values.variables}
            snippets={values.snippets ?? []}
            onPick={(path) => run(insertVariable(buildNewVariableTag(path)))}
            onPickSnippet={(id) => run(insertSnippet(formatSnippetMarker(id)))}
          />
        </Toolbar>
        {form === "link" && (
          <LazyView
            key="link"
            load={loadLinkForm}
            props={{
              href: link?.href ?? null,
              onSet: (href) => finish(linkSelection(href)),
              onRemove: () => finish(removeLink),
              onClose: closeForm,
            }}
          />
        )}
        {form === "image" && (
          <LazyView
            key="image"
            load={loadImageForm}
            props={{ onSet: (src, alt) => finish(insertImage(src, alt)), onClose: closeForm }}
          />
        )}
        <div class="editor-frame" onFocusIn={panel.onFocusIn} onFocusOut={panel.onFocusOut}>
          <div ref={editor.place} />
          {completion.render(state, editor.view.current)}
          {panel.render(editor)}
        </div>
      </div>
    </div>
  );
}
