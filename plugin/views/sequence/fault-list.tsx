import type { ComponentChildren } from "preact";
import type { SequenceFault, SequenceStep } from "../../../shared/sequence.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { formatCount } from "../../words/say.ts";
import { describeSequenceFault } from "../../words/sequence.ts";

type Props = {
  faults: readonly SequenceFault[];
  steps: readonly SequenceStep[];
  onGo: (fault: SequenceFault) => void;
  /** The text after the number of faults: "to finish before this sequence can be launched:". */
  children: ComponentChildren;
};

/**
 * Lists the faults of a sequence. A click on a fault moves the focus to the faulty field. Shows
 * nothing if there are no faults.
 */
export function FaultList({ faults, steps, onGo, children }: Props) {
  if (faults.length === 0) return null;
  return (
    <Note tone="warning">
      <p>
        {formatCount(faults.length, "thing", "things")} {children}
      </p>
      <ul class="fault-list">
        {faults.map((fault) => (
          <li key={`${fault.stepId} ${fault.field}`}>
            <Button kind="quiet" onClick={() => onGo(fault)}>
              <span>{describeSequenceFault(fault, steps)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
