import { useRef, useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import { dropTags, toLetterHtml, toLetterText } from "../../session/letter-text.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";

type Props = {
  letter: SequenceLetter;
  /** False for a follow-up in a thread, because a follow-up has the thread's subject. */
  hasSubject: boolean;
  onChange: (letter: SequenceLetter) => void;
};

/**
 * The variables that an agent can insert, by the name on the screen. The text after `default` is
 * for owners who lack the value.
 */
const variables: Record<string, string> = {
  "How to greet them": '{{default recipient.salutation "there"}}',
  "First name": '{{default recipient.firstName "there"}}',
  "Street address": '{{default property.streetAddress "your property"}}',
  City: '{{default property.city "your area"}}',
  "My name": "{{sender.fromName}}",
  "My phone": "{{sender.phone}}",
  "Office name": "{{brokerage.name}}",
};

/**
 * The subject and the text of one email. A letter with formatting stays as it is until the agent
 * replaces it by plain text.
 */
export function LetterFields({ letter, hasSubject, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  // The typed text is kept beside the HTML, because the HTML drops empty lines at the end.
  const [text, setText] = useState(() => toLetterText(letter.bodyHtml));
  const write = (typed: string) => {
    setText(typed);
    onChange({ ...letter, bodyHtml: toLetterHtml(typed), bodyText: "" });
  };
  const insert = (variable: string) => {
    const field = area.current;
    if (!field || variable === "") return;
    field.focus();
    field.setRangeText(variable, field.selectionStart, field.selectionEnd, "end");
    write(field.value);
  };
  return (
    <>
      {hasSubject && (
        <label class="field">
          <span>Subject</span>
          <input
            type="text"
            data-field="letter.subject"
            maxLength={limits.subjectLength}
            value={letter.subject}
            onInput={({ currentTarget }) => onChange({ ...letter, subject: currentTarget.value })}
          />
        </label>
      )}
      {text === null ? (
        <Note tone="info" icon="mail">
          <p>This email has formatting that plain text can’t show. It is sent as it is.</p>
          <Button onClick={() => write(dropTags(letter.bodyHtml))}>Replace it by plain text</Button>
        </Note>
      ) : (
        <>
          <label class="field">
            <span>Text</span>
            <textarea
              ref={area}
              data-field="letter.bodyHtml"
              value={text}
              maxLength={limits.bodyLength / 2}
              onInput={({ currentTarget }) => write(currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>Insert</span>
            <select
              value=""
              onChange={({ currentTarget }) => {
                insert(variables[currentTarget.value] ?? "");
                currentTarget.value = "";
              }}
            >
              <option value="">A name, an address…</option>
              {Object.keys(variables).map((name) => (
                <option value={name} key={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
    </>
  );
}
