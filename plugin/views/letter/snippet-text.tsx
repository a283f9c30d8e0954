import { useSession } from "../../session/state.ts";
import { useLetterSheet } from "./sheet.ts";
import { TextEditor } from "./text-editor.tsx";
import { useShownValues } from "./values.ts";

type Props = { html: string; onChange: (html: string) => void };

/** The text of a snippet, in the editor of letters. A snippet can't contain another snippet. */
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
