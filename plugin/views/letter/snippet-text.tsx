import { useSession } from "../../session/state.ts";
import { useLetterEditorStyleSheet } from "./sheet.ts";
import { LetterTextEditor } from "./text-editor.tsx";
import { useChipValues } from "./values.ts";

type Props = { html: string; onChange: (html: string) => void };

/**
 * Shows the editor for the text of a snippet. The editor offers no snippets, because a snippet
 * can't contain another snippet.
 */
export function SnippetTextEditor({ html, onChange }: Props) {
  const { contacts } = useSession();
  const sheet = useLetterEditorStyleSheet();
  const values = useChipValues(contacts.value[0]);
  return (
    <div class="letter-fields" ref={sheet}>
      <LetterTextEditor html={html} values={values} onChange={onChange} />
    </div>
  );
}
