import type { SequenceStep } from "../../../shared/sequence.ts";
import { TemplateSubject } from "../../ui/subject.tsx";
import { say } from "../../words/say.ts";
import { taskKindTexts } from "../../words/task.ts";

/**
 * Shows one line that identifies a step. An email's name comes before its subject, because the
 * emails of one thread have the same subject.
 */
export function StepLabel({ step }: { step: SequenceStep }) {
  if (step.kind === "task") {
    const { kind, instructions } = step.task;
    return <>{instructions === "" ? taskKindTexts[kind] : `${taskKindTexts[kind]}: ${instructions}`}</>;
  }
  if (step.name !== "") return <>{step.name}</>;
  return step.letter.subject.trim() === "" ? say("Email") : <TemplateSubject subject={step.letter.subject} />;
}
