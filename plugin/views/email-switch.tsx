import type { StepEmailKind } from "../../shared/vocabulary.ts";
import { say, translatedTable } from "../words/say.ts";

const texts = translatedTable<StepEmailKind>({ first: "If the condition is met", else: "Otherwise" });

/**
 * Shows the buttons with which the agent switches between a step's main email and its else email. A
 * person gets the else email if the step's conditions do not hold.
 */
export function EmailSwitch({
  chosen,
  onChoose,
}: {
  chosen: StepEmailKind;
  onChoose: (email: StepEmailKind) => void;
}) {
  return (
    <fieldset class="choices" aria-label={say("Which of the two emails")}>
      {(["first", "else"] as const).map((email) => (
        <button
          type="button"
          key={email}
          class="button quiet"
          aria-pressed={chosen === email}
          onClick={() => onChoose(email)}
        >
          {texts[email]}
        </button>
      ))}
    </fieldset>
  );
}
