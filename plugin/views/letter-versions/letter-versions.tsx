import { useRef, useState } from "preact/hooks";
import type { LetterVersion, LetterVersions } from "../../../shared/letter-version.ts";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { StepEmailKind } from "../../../shared/vocabulary.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { extractLetterWords, extractLineWords } from "../../session/letter-words.ts";
import { useSession } from "../../session/state.ts";
import { compareWords } from "../../session/word-difference.ts";
import { Button } from "../../ui/button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { useLetterVersionsStyleSheet } from "./sheet.ts";

export type LetterVersionsProps = {
  sequenceId: string;
  /**
   * The version number of the sequence, which goes up with each save. A save may also make a new
   * version of a letter.
   */
  sequenceVersion: number;
  stepId: number;
  email: StepEmailKind;
  letter: SequenceLetter;
  onRestore: (letter: SequenceLetter) => void;
};

type Author = Omit<LetterVersion, "id" | "letter">;

/** Shows the person who saved a version, and the time of the save. */
function AuthorLine({ author }: { author: Author }) {
  const { format } = useSession();
  const { savedAt, savedBy, savedByName } = author;
  if (savedAt === null) return <>{say("The original from Doorknock")}</>;
  return (
    <>
      {format.instant(savedAt)} · {savedByName ?? savedBy}
    </>
  );
}

/**
 * Compares one part of a letter in two versions: marks the words that were removed and the words
 * that were added.
 */
function Difference({ label, before, after }: { label: string; before: string; after: string }) {
  if (before === "" && after === "") return null;
  return (
    <div class="difference">
      <p class="fine">{label}</p>
      <p class="compared">
        {compareWords(before, after).map(({ text, change }, index) =>
          change === "same" ? (
            text
          ) : change === "added" ? (
            <ins key={index}>{text}</ins>
          ) : (
            <del key={index}>{text}</del>
          ),
        )}
      </p>
    </div>
  );
}

function Comparison({ version, letter }: { version: SequenceLetter; letter: SequenceLetter }) {
  const before = extractLetterWords(version.bodyHtml);
  const after = extractLetterWords(letter.bodyHtml);
  const isFormatting = before === after && version.bodyHtml !== letter.bodyHtml;
  return (
    <>
      <p class="fine">
        {say("Struck through: only in that version. Underlined: only in the current email.")}
      </p>
      <Difference
        label={say("Subject")}
        before={extractLineWords(version.subject)}
        after={extractLineWords(letter.subject)}
      />
      <Difference
        label={say("Preview text")}
        before={extractLineWords(version.preheader)}
        after={extractLineWords(letter.preheader)}
      />
      <Difference label={say("Text")} before={before} after={after} />
      {isFormatting && <p class="fine">{say("Only links, images, or formatting changed.")}</p>}
    </>
  );
}

type ListProps = LetterVersionsProps & { versions: LetterVersions };

function VersionList({ versions: { current, items }, letter, onRestore }: ListProps) {
  const { status } = useSession();
  const [openId, setOpenId] = useState<number | null>(null);
  if (items.length === 0) return <p class="fine">{say("No earlier versions of this email yet.")}</p>;
  const restore = (version: LetterVersion) => {
    onRestore(version.letter);
    setOpenId(null);
    status.value = say("Restored. The text it replaced is saved under Versions.");
  };
  return (
    <>
      <p class="fine">
        {say("Now:")} <AuthorLine author={current} />
      </p>
      <ul class="rows">
        {items.map((version) => {
          const isOpen = openId === version.id;
          return (
            <li class="version" key={version.id}>
              <button
                type="button"
                class="disclosure"
                aria-expanded={isOpen}
                onClick={() => setOpenId(isOpen ? null : version.id)}
              >
                <AuthorLine author={version} />
              </button>
              {isOpen && (
                <>
                  <Comparison version={version.letter} letter={letter} />
                  <Button onClick={() => restore(version)}>{say("Restore this version")}</Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Shows the earlier versions of a letter: the author, the differences, and a button to restore. */
export function LetterVersionsView(props: LetterVersionsProps) {
  const { sequenceId, sequenceVersion, stepId, email } = props;
  const sheet = useLetterVersionsStyleSheet();
  const last = useRef<LetterVersions | undefined>(undefined);
  const versions = useResource<LetterVersions>(
    `letter versions ${sequenceId} ${sequenceVersion} ${stepId} ${email}`,
    ({ api }) => ({
      fetch: (signal) => createSequenceApi(api).versions(sequenceId, stepId, email, signal),
    }),
  );
  // After a save, the view shows the old list until the new list is loaded.
  last.current = versions.data ?? last.current;
  return (
    <div class="letter-versions" ref={sheet}>
      <LoadedContent resource={{ ...versions, data: last.current }} rows={2}>
        {(loaded) => <VersionList {...props} versions={loaded} />}
      </LoadedContent>
    </div>
  );
}
