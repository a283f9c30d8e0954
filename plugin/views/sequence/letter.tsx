import { useContext, useId, useState } from "preact/hooks";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { StepEmailKind } from "../../../shared/vocabulary.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { LetterPreview } from "./letter-preview.tsx";
import { VersionedSequenceContext } from "./versioned-sequence.ts";

type Props = {
  letter: SequenceLetter;
  /** The subject of the thread that the email continues; null for an email with its own subject. */
  threadSubject: string | null;
  /** The email whose earlier versions can be shown; null if the letter has no versions. */
  versionsOf: { stepId: number; email: StepEmailKind } | null;
  onChange: (letter: SequenceLetter) => void;
};

/** Loads the letter editor only when needed, because the editor's libraries are large. */
const loadFields = () => import("../letter/rich-editor.tsx").then(({ RichLetterFields: View }) => ({ View }));
const loadVersions = () =>
  import("../letter-versions/letter-versions.tsx").then(({ LetterVersionsView: View }) => ({ View }));

/**
 * Shows the fields for the subject and the text of one email, and one row of buttons: HTML,
 * versions and preview. What a button opens is below the row.
 */
export function LetterForm({ letter, threadSubject, versionsOf, onChange }: Props) {
  const sequence = useContext(VersionedSequenceContext);
  const [isPreviewed, setIsPreviewed] = useState(false);
  const [showsVersions, setShowsVersions] = useState(false);
  const [versionsId, previewId] = [useId(), useId()];
  const versions = sequence !== null && versionsOf !== null ? { ...versionsOf, sequence } : null;
  const actions = (
    <>
      {versions && (
        <Button
          kind="quiet"
          icon="clock"
          expands={{ id: versionsId, isOpen: showsVersions }}
          onClick={() => setShowsVersions(!showsVersions)}
        >
          {showsVersions ? say("Hide the versions") : say("Versions")}
        </Button>
      )}
      {letter.bodyHtml !== "" && (
        <Button
          kind="quiet"
          icon="eye"
          expands={{ id: previewId, isOpen: isPreviewed }}
          onClick={() => setIsPreviewed(!isPreviewed)}
        >
          {isPreviewed ? say("Hide the preview") : say("Preview")}
        </Button>
      )}
    </>
  );
  return (
    <>
      <LazyView load={loadFields} props={{ letter, hasSubject: threadSubject === null, actions, onChange }} />
      {versions && showsVersions && (
        <div id={versionsId}>
          <LazyView
            load={loadVersions}
            props={{
              stepId: versions.stepId,
              email: versions.email,
              sequenceId: versions.sequence.id,
              sequenceVersion: versions.sequence.version,
              letter,
              onRestore: onChange,
            }}
          />
        </div>
      )}
      {isPreviewed && letter.bodyHtml !== "" && (
        <div id={previewId}>
          <LetterPreview letter={letter} threadSubject={threadSubject} />
        </div>
      )}
    </>
  );
}
