import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { LintFinding } from "../../../shared/template-lint.ts";
import type { Contact } from "../../host/mapping.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { parseLetter } from "./document/parse-letter.ts";
import { nodes } from "./document/schema.ts";
import { FindingList, useLetterFindings } from "./findings.tsx";
import { LineEditor } from "./line-editor.tsx";
import { useLetterEditorStyleSheet } from "./sheet.ts";
import { LetterTextEditor } from "./text-editor.tsx";
import { useChipValues, useSnippets } from "./values.ts";

type Props = {
  letter: SequenceLetter;
  /** False for a follow-up in a thread, because the follow-up uses the thread's subject. */
  hasSubject: boolean;
  /**
   * The person whose values the variables in the text show; null for no values. The default is the
   * first contact.
   */
  contact?: Contact | null;
  /** True if the agent has just opened the fields with a button. The text then gets the focus. */
  isOpenedByButton?: boolean;
  /** More buttons for the row with the button "Edit as HTML". */
  actions?: ComponentChildren;
  onChange: (letter: SequenceLetter) => void;
};

const loadSource = () => import("./source-editor.tsx").then(({ LetterHtmlEditor: View }) => ({ View }));

/**
 * Shows a note if the rich editor can't show some parts of the letter, or the whole letter. The
 * note says that these parts are sent unchanged.
 */
function FormattingNote({ html, isSource }: { html: string; isSource: boolean }) {
  const doc = parseLetter(html);
  const locked = doc?.children.filter(({ type }) => type === nodes.locked).length ?? 0;
  if (doc !== null && locked === 0) return null;
  if (doc === null) {
    return (
      <Note tone="info" icon="mail">
        <p>{say("This email can only be edited as HTML. It’s sent as is.")}</p>
      </Note>
    );
  }
  return isSource ? null : (
    <Note tone="info" icon="mail">
      <p>
        {locked === 1
          ? say("One part of this email has formatting that can’t be edited here. It’s kept as is.")
          : say(
              "{locked} parts of this email have formatting that can’t be edited here. They’re kept as is.",
              { locked },
            )}{" "}
        {say("Edit it as HTML.")}
      </p>
    </Note>
  );
}

/** Shows the editor for the subject, the preview text and the text of one email. */
export function RichLetterFields({
  letter,
  hasSubject,
  contact,
  isOpenedByButton,
  actions,
  onChange,
}: Props) {
  const sheet = useLetterEditorStyleSheet();
  const { contacts } = useSession();
  const values = useChipValues(contact === undefined ? contacts.value[0] : (contact ?? undefined));
  const snippets = useSnippets();
  // In a letter to one person, each snippet's tag has already been replaced by the snippet's words.
  // So the editor offers no snippets.
  const bodyValues = contact === undefined ? { ...values, snippets } : values;
  const isShowable = parseLetter(letter.bodyHtml) !== null;
  const [isSource, setIsSource] = useState(!isShowable);
  const checked = useLetterFindings(letter, hasSubject);
  const [target, setTarget] = useState<LintFinding | null>(null);
  const goTo = (finding: LintFinding) => {
    setTarget({ ...finding });
    const root = sheet.current?.querySelector<HTMLElement>(`[data-field="letter.${finding.field}"]`);
    if (finding.field !== "bodyHtml" || !isSource) root?.focus();
  };
  useEffect(() => {
    if (isOpenedByButton)
      sheet.current?.querySelector<HTMLElement>("[data-field='letter.bodyHtml']")?.focus();
  }, []);
  const write = (bodyHtml: string) => onChange({ ...letter, bodyHtml, bodyText: "" });
  return (
    <div class="letter-fields" ref={sheet}>
      {hasSubject && (
        <LineEditor
          label={say("Subject")}
          field="letter.subject"
          text={letter.subject}
          maxLength={limits.subjectLength}
          shownLength={limits.subjectShown}
          hasEmojis
          values={values}
          onChange={(subject) => onChange({ ...letter, subject })}
        />
      )}
      <LineEditor
        label={say("Preview text")}
        field="letter.preheader"
        text={letter.preheader}
        maxLength={limits.preheaderLength}
        shownLength={limits.preheaderShown}
        hasEmojis={false}
        values={values}
        onChange={(preheader) => onChange({ ...letter, preheader })}
      />
      <FormattingNote html={letter.bodyHtml} isSource={isSource} />
      {isSource ? (
        <LazyView load={loadSource} props={{ html: letter.bodyHtml, checked, target, onChange: write }} />
      ) : (
        <LetterTextEditor html={letter.bodyHtml} values={bodyValues} onChange={write} />
      )}
      <FindingList findings={checked.findings} onGo={goTo} />
      <div class="letter-actions">
        {(isShowable || !isSource) && (
          <Button kind="quiet" onClick={() => setIsSource(!isSource)}>
            {isSource ? say("Edit without HTML") : say("Edit as HTML")}
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}
