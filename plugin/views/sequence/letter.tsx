import type { SequenceLetter } from "../../../shared/sequence.ts";
import { LazyView } from "../lazy-view.tsx";

type Props = {
  letter: SequenceLetter;
  /** False for a follow-up in a thread, because the follow-up uses the thread's subject. */
  hasSubject: boolean;
  onChange: (letter: SequenceLetter) => void;
};

/** Loads the letter editor only when needed, because the editor's libraries are large. */
const load = () => import("../letter/rich-editor.tsx").then(({ RichLetterFields: View }) => ({ View }));

/** Shows the fields for the subject and the text of one email. */
export function LetterFields(props: Props) {
  return <LazyView load={load} props={props} />;
}
