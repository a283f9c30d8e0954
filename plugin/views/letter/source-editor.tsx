import { limits } from "../../../shared/limits.ts";
import type { SequenceLetter } from "../../../shared/sequence.ts";

type Props = { letter: SequenceLetter; onChange: (html: string) => void };

/** The letter's HTML, for those who write HTML. */
export function SourceEditor({ letter, onChange }: Props) {
  return (
    <label class="field">
      <span>HTML</span>
      <textarea
        class="source"
        data-field="letter.bodyHtml"
        spellcheck={false}
        maxLength={limits.bodyLength}
        value={letter.bodyHtml}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
