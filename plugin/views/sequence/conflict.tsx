import type { Sequence, SequenceStep } from "../../../shared/sequence.ts";
import type { SequenceDraft } from "../../session/sequence-draft.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { formatCount, say } from "../../words/say.ts";
import { describeRuleDifferences } from "../../words/sequence-rules.ts";
import { StepLabel } from "./step-label.tsx";

/**
 * `rules` has the sentences about the sequence's rules in which this version differs from the other
 * version.
 */
type VersionProps = {
  title: string;
  name?: string;
  steps: readonly SequenceStep[];
  rules?: readonly string[];
};

/** Shows one of two versions of a sequence, with its steps in order. */
export function StepsVersion({ title, name, steps, rules = [] }: VersionProps) {
  return (
    <div>
      <p class="strong">{title}</p>
      <p>
        {name && `${name}, `}
        {formatCount(steps.length, "step")}
      </p>
      <ol>
        {steps.map((step) => (
          <li key={step.id}>
            <StepLabel step={step} />
          </li>
        ))}
      </ol>
      {rules.map((sentence) => (
        <p class="fine" key={sentence}>
          {sentence}
        </p>
      ))}
    </div>
  );
}

/**
 * Names the other person who has changed the sequence, shows both versions, and asks which version
 * stays.
 */
export function SequenceConflictNote({ draft, theirs }: { draft: SequenceDraft; theirs: Sequence }) {
  const { format } = useSession();
  const { name, steps, rules } = draft.content.value;
  const when = theirs.updatedAt === null ? "" : `, ${format.instant(theirs.updatedAt)}`;
  return (
    <Note tone="warning">
      <p class="strong">
        {say("{name} changed this sequence while you were editing{when}.", {
          name: theirs.updatedByName ?? theirs.updatedBy ?? say("Someone"),
          when,
        })}
      </p>
      <div class="versions">
        <StepsVersion
          title={say("Yours, not saved")}
          name={name}
          steps={steps}
          rules={describeRuleDifferences(rules, theirs.rules, format.clock)}
        />
        <StepsVersion
          title={say("Theirs")}
          name={theirs.name}
          steps={theirs.steps}
          rules={describeRuleDifferences(theirs.rules, rules, format.clock)}
        />
      </div>
      <div class="note-actions">
        <Button onClick={() => void draft.keepMine()}>{say("Keep mine")}</Button>
        <Button onClick={draft.useTheirs}>{say("Use theirs")}</Button>
      </div>
    </Note>
  );
}
