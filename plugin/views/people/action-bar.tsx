import type { BulkActionKind } from "../../../shared/vocabulary.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";

type Props = { hasSteps: boolean; onChoose: (kind: BulkActionKind) => void };

/** Shows a button for each action on the selected people. */
export function ActionBar({ hasSteps, onChoose }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div class="people-actions" role="group" aria-label={say("For the selected people")}>
      <Button onClick={() => onChoose("pause")}>{say("Pause…")}</Button>
      <Button onClick={() => onChoose("resume")}>{say("Resume…")}</Button>
      <Button onClick={() => onChoose("snooze")}>{say("Snooze…")}</Button>
      {hasSteps && <Button onClick={() => onChoose("move")}>{say("Move to step…")}</Button>}
      <Button onClick={() => onChoose("changeSender")}>{say("Change sender…")}</Button>
      <Button kind="danger" onClick={() => onChoose("stop")}>
        {say("Stop…")}
      </Button>
    </div>
  );
}
