import { useContext, useId, useState } from "preact/hooks";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { StepEmailKind } from "../../../shared/vocabulary.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { VersionedSequenceContext } from "./versioned-sequence.ts";

type Props = {
  stepId: number;
  email: StepEmailKind;
  letter: SequenceLetter;
  onRestore: (letter: SequenceLetter) => void;
};

const load = () =>
  import("../letter-versions/letter-versions.tsx").then(({ LetterVersionsView: View }) => ({ View }));

/** Shows the button that shows and hides the earlier versions of a letter. */
export function LetterHistory(props: Props) {
  const sequence = useContext(VersionedSequenceContext);
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  if (sequence === null) return null;
  return (
    <div>
      <Button kind="quiet" icon="clock" expands={{ id, isOpen }} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? say("Hide the versions") : say("Versions")}
      </Button>
      <div id={id}>
        {isOpen && (
          <LazyView
            load={load}
            props={{ ...props, sequenceId: sequence.id, sequenceVersion: sequence.version }}
          />
        )}
      </div>
    </div>
  );
}
