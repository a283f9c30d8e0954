import { useId } from "preact/hooks";
import type { SequenceFault, SequenceStep } from "../../../shared/sequence.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TemplateSubject } from "../../ui/subject.tsx";
import { describeConditions } from "../../words/condition.ts";
import { formatCount, say } from "../../words/say.ts";
import { taskKindTexts } from "../../words/task.ts";
import { describeDelay } from "../../words/timing.ts";
import { ElseEmailForm, StepEmailForm } from "./step-email.tsx";
import { ConditionFields, WaitFields } from "./step-fields.tsx";
import { StepWordingsForm } from "./step-wordings.tsx";
import { TaskFields } from "./task-fields.tsx";

/**
 * `earlierSubject` is the subject of the thread that the step may continue; null if no email comes
 * before the step.
 */
export type StepCardProps = {
  step: SequenceStep;
  position: number;
  count: number;
  before: SequenceStep | undefined;
  earlierSubject: string | null;
  /** The planned time for the property's first contact; null while the time is not known. */
  planned: { at: string; timeZone: string } | null;
  /** A line about the people of a campaign, such as "12 people are past it"; null for no line. */
  note: string | null;
  faults: readonly SequenceFault[];
  isOpen: boolean;
  onToggle: () => void;
  onChange: (step: SequenceStep) => void;
  onMove: (position: number) => void;
  onDuplicate: () => void;
  onDelete: () => void;
  onGrip: (event: PointerEvent) => void;
};

function StepTitle({ step, earlierSubject }: Pick<StepCardProps, "step" | "earlierSubject">) {
  if (step.kind === "task") {
    const { kind, instructions } = step.task;
    return <>{instructions === "" ? taskKindTexts[kind] : `${taskKindTexts[kind]}: ${instructions}`}</>;
  }
  const threadSubject = step.startsThread ? null : earlierSubject;
  // All emails of a thread have the same subject, so a name tells more.
  if (threadSubject !== null && step.name !== "") {
    return (
      <>
        {step.name} <span class="muted">· {say("in the thread")}</span>
      </>
    );
  }
  const subject = threadSubject ?? step.letter.subject;
  if (subject.trim() === "") return <>{say("New email")}</>;
  return (
    <>
      {threadSubject !== null && <span class="muted">{say("In the thread:")} </span>}
      <TemplateSubject subject={subject} />
    </>
  );
}

function StepTools({ step, position, count, onMove, onDuplicate, onDelete }: StepCardProps) {
  const name = say("step {position}", { position: position + 1 });
  // The button's name for screen readers begins with its visible text, so that people who control
  // the tab by voice can say the text.
  const tool = (text: string, onClick: () => void, isDisabled = false) => (
    <Button kind="quiet" label={`${text}: ${name}`} isDisabled={isDisabled} onClick={onClick}>
      {text}
    </Button>
  );
  return (
    <div class="step-tools">
      {tool(say("Move up"), () => onMove(position - 1), position === 0)}
      {tool(say("Move down"), () => onMove(position + 1), position === count - 1)}
      {tool(say("Duplicate"), onDuplicate)}
      {tool(step.kind === "email" ? say("Delete email") : say("Delete task"), onDelete)}
    </div>
  );
}

/**
 * Shows one step as a card. A closed card says what the step does and when; an open card also has
 * the step's fields.
 */
export function StepCard(props: StepCardProps) {
  const { step, position, before, earlierSubject, planned, note, faults, isOpen } = props;
  const { onToggle, onChange, onMove, onGrip } = props;
  const { format } = useSession();
  const formId = useId();
  const condition = describeConditions(step.conditions);
  const wait = describeDelay(step, position + 1, before?.kind);
  const moveByKey = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(position + by);
  };
  return (
    <div class="card step-card">
      <div class="step-card-head">
        <button
          type="button"
          class="grip"
          aria-label={say("Move step {position}: drag, or press the arrow keys", { position: position + 1 })}
          onPointerDown={onGrip}
          onKeyDown={moveByKey}
        >
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" />
          </svg>
        </button>
        <span class="step-number" aria-hidden="true">
          {position + 1}
        </span>
        <div>
          <h4>
            <button
              type="button"
              class="disclosure"
              aria-expanded={isOpen}
              aria-controls={isOpen ? formId : undefined}
              onClick={onToggle}
            >
              <span>
                <span class="unseen">
                  {step.kind === "task"
                    ? say("Step {position}, task:", { position: position + 1 })
                    : say("Step {position}, email:", { position: position + 1 })}{" "}
                </span>
                <StepTitle {...props} />
              </span>
              <Icon name="down" />
            </button>
          </h4>
          <p class="fine">
            {wait}
            {planned && ` · ${format.instant(planned.at, planned.timeZone)}`}
          </p>
          {condition && <p class="condition">{condition}</p>}
          {note && <p class="fine">{note}</p>}
          {faults.length > 0 && (
            <p>
              <Badge
                tone="warning"
                text={formatCount(faults.length, "thing to finish", "things to finish")}
              />
            </p>
          )}
        </div>
      </div>
      {isOpen && (
        <div class="step-form" id={formId}>
          <WaitFields step={step} isFirst={position === 0} onChange={onChange} />
          {step.kind === "email" ? (
            <>
              <StepEmailForm
                stepId={step.id}
                email={step}
                earlierSubject={earlierSubject}
                onChange={(email) => onChange({ ...step, ...email })}
              />
              <StepWordingsForm
                step={step}
                threadSubject={step.startsThread ? null : earlierSubject}
                onChange={onChange}
              />
            </>
          ) : (
            <TaskFields step={step} onChange={onChange} />
          )}
          {(position > 0 || condition !== null) && <ConditionFields step={step} onChange={onChange} />}
          {step.kind === "email" && step.conditions.otherwise === "email" && step.elseEmail && (
            <ElseEmailForm
              stepId={step.id}
              email={step.elseEmail}
              earlierSubject={earlierSubject}
              onChange={(elseEmail) => onChange({ ...step, elseEmail })}
            />
          )}
          <StepTools {...props} />
        </div>
      )}
    </div>
  );
}
