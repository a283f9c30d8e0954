import type { CampaignSteps } from "../../../shared/step-change.ts";
import type { StepsDraft } from "../../session/steps-draft.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { StepsVersion } from "../sequence/conflict.tsx";

/**
 * Shows that another person has changed the steps, and shows both versions. Asks the agent which
 * version to keep.
 */
export function StepsConflictNote({ draft, theirs }: { draft: StepsDraft; theirs: CampaignSteps }) {
  return (
    <Note tone="warning">
      <p class="strong">
        {say("Someone changed these steps while you were editing. Your changes aren’t applied.")}
      </p>
      <div class="versions">
        <StepsVersion title={say("Yours, not applied")} steps={draft.steps.value} />
        <StepsVersion title={say("Theirs, in use")} steps={theirs.steps} />
      </div>
      <div class="note-actions">
        <Button onClick={draft.keepMine}>{say("Keep mine")}</Button>
        <Button onClick={draft.useTheirs}>{say("Use theirs")}</Button>
      </div>
    </Note>
  );
}
