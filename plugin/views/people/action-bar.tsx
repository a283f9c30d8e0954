import type { BulkActionKind, CampaignStatus } from "../../../shared/vocabulary.ts";
import { Button } from "../../ui/button.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { say } from "../../words/say.ts";

const labels: Readonly<Record<BulkActionKind, PlainPhrase>> = {
  pause: "Pause…",
  resume: "Resume…",
  snooze: "Snooze…",
  move: "Move to step…",
  changeSender: "Change sender…",
  fill: "Fill in…",
  stop: "Stop…",
  remove: "Remove…",
};

const always: readonly BulkActionKind[] = ["fill", "remove"];
const underWay: readonly BulkActionKind[] = [
  ...(["pause", "resume", "snooze", "move", "changeSender", "fill", "stop", "remove"] as const),
];

/** Returns the actions on many people that a campaign of this status allows. */
export function listAllowedBulkActions(status: CampaignStatus | undefined): readonly BulkActionKind[] {
  if (status === "draft") return always;
  return status === "active" || status === "paused" ? underWay : [];
}

type Props = {
  kinds: readonly BulkActionKind[];
  hasSteps: boolean;
  onChoose: (kind: BulkActionKind) => void;
};

/** Shows a button for each action on the selected people. */
export function BulkActionBar({ kinds, hasSteps, onChoose }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div class="people-actions" role="group" aria-label={say("For the selected people")}>
      {kinds.map((kind) =>
        kind === "move" && !hasSteps ? null : (
          <Button kind={kind === "stop" ? "danger" : "secondary"} onClick={() => onChoose(kind)} key={kind}>
            {say(labels[kind])}
          </Button>
        ),
      )}
    </div>
  );
}
