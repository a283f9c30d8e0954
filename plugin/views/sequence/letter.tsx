import type { SequenceLetter } from "../../../shared/sequence.ts";
import { LazyView } from "../lazy-view.tsx";

type Props = {
  letter: SequenceLetter;
  /** False for a follow-up in a thread, whose email goes under the thread's subject. */
  hasSubject: boolean;
  onChange: (letter: SequenceLetter) => void;
};

/** The editor is loaded apart from the sequence views, because of the size of its libraries. */
const load = () => import("../letter/rich-editor.tsx").then(({ RichLetterFields: View }) => ({ View }));

/** The subject and the text of one email. */
export function LetterFields(props: Props) {
  return <LazyView load={load} props={props} />;
}
