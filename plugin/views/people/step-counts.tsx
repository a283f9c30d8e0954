import type { RecipientOverview } from "../../../shared/recipient-list.ts";
import { useSession } from "../../session/state.ts";
import { say } from "../../words/say.ts";
import { useReplyStyleSheet } from "../reply/style.ts";
import type { StepPlace } from "./places.ts";

type Props = {
  steps: readonly StepPlace[];
  overview: RecipientOverview;
  /** The number of the step whose people are listed, as in the filter; undefined for all steps. */
  chosen: string | undefined;
  onChoose: (step: string | undefined) => void;
};

/**
 * Shows how many people have each step as their next step. A click lists only these people, and a
 * second click lists all people again.
 */
export function NextStepCounts({ steps, overview, chosen, onChoose }: Props) {
  const { format } = useSession();
  const place = useReplyStyleSheet();
  const people = new Map(overview.steps.map((step) => [step.stepNumber, step.people]));
  if (steps.length < 2) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div ref={place} class="segments people-steps" role="group" aria-label={say("Next step")}>
      <span class="muted" aria-hidden="true">
        {say("Next step")}
      </span>
      {steps.map(({ stepNumber, position }) => {
        const isChosen = chosen === String(stepNumber);
        return (
          <button
            type="button"
            class="segment"
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? undefined : String(stepNumber))}
            key={stepNumber}
          >
            {say("Step {position}", { position })}{" "}
            <strong>{format.number(people.get(stepNumber) ?? 0)}</strong>
          </button>
        );
      })}
    </div>
  );
}
