import { limits } from "../../../shared/limits.ts";
import type { SequenceTaskStep } from "../../../shared/sequence.ts";
import { stepTaskKinds } from "../../../shared/vocabulary.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { say } from "../../words/say.ts";
import { taskKindTexts } from "../../words/task.ts";

/**
 * Shows the choice of the agent whom a task is for. An agent whom the office's list does not have,
 * or not yet, stays chosen.
 */
function TaskAgentField({
  assignedTo = "",
  onChange,
}: {
  assignedTo: string | undefined;
  onChange: (agentId: string) => void;
}) {
  const agents = useResource("agents", ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).agents(signal),
  }));
  const items = agents.data?.items ?? [];
  const isListed = assignedTo === "" || items.some(({ id }) => id === assignedTo);
  return (
    <label class="field">
      <span>{say("For whom")}</span>
      <select value={assignedTo} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="">{say("Whoever launches it")}</option>
        {items.map(({ id, name, isMe }) => (
          <option value={id} key={id}>
            {isMe ? say("{name} (you)", { name }) : name}
          </option>
        ))}
        {!isListed && <option value={assignedTo}>{say("another agent")}</option>}
      </select>
    </label>
  );
}

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
  const assign = (agentId: string) => {
    const { assignedTo: _, ...task } = step.task;
    onChange({ ...step, task: agentId === "" ? task : { ...task, assignedTo: agentId } });
  };
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
        <TaskAgentField assignedTo={step.task.assignedTo} onChange={assign} />
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
