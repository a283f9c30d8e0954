import { useSession } from "../../session/state.ts";
import { useLetterSheet } from "./sheet.ts";
import { TextEditor } from "./text-editor.tsx";
import { useShownValues } from "./values.ts";

type Props = { html: string; onChange: (html: string) => void };

/**
 * Edits the text of a snippet. The editor offers no snippets, since a snippet can't contain
 * another.
 */
export function SnippetText({ html, onChange }: Props) {
  const { contacts } = useSession();
  const sheet = useLetterSheet();
  const values = useShownValues(contacts.value[0]);
  return (
    <div class="letter-fields" ref={sheet}>
      <TextEditor html={html} values={values} onChange={onChange} />
    </div>
  );
}
