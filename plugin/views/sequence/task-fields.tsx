import { limits } from "../../../shared/limits.ts";
import type { SequenceTaskStep } from "../../../shared/sequence.ts";
import { stepTaskKinds } from "../../../shared/vocabulary.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { say } from "../../words/say.ts";
import { taskKindTexts } from "../../words/task.ts";

/**
 * Shows the fields for the agent's task, and for the number of days after which the sequence
 * continues without the task.
 */
export function TaskFields({
  step,
  onChange,
}: {
  step: SequenceTaskStep;
  onChange: (step: SequenceTaskStep) => void;
}) {
  const change = (part: Partial<SequenceTaskStep["task"]>) =>
    onChange({ ...step, task: { ...step.task, ...part } });
  return (
    <>
      <div class="fields">
        <label class="field">
          <span>{say("Task")}</span>
          <select
            value={step.task.kind}
            onChange={({ currentTarget }) => change({ kind: currentTarget.value as typeof step.task.kind })}
          >
            {stepTaskKinds.map((kind) => (
              <option value={kind} key={kind}>
                {taskKindTexts[kind]}
              </option>
            ))}
          </select>
        </label>
        <NumberField
          label={say("Continues on its own after (days)")}
          value={step.task.waitDays}
          min={1}
          max={limits.waitDays}
          onChange={(waitDays) => change({ waitDays })}
        />
      </div>
      <label class="field">
        <span>{say("What to do")}</span>
        <textarea
          class="short"
          data-field="task.instructions"
          maxLength={limits.instructionsLength}
          value={step.task.instructions}
          onInput={({ currentTarget }) =>
            change({ instructions: currentTarget.value.replace(/[\r\n]+/g, " ") })
          }
        />
      </label>
    </>
  );
}
