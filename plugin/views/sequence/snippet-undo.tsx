import { limits } from "../../../shared/limits.ts";
import type { Snippet } from "../../../shared/snippet.ts";
import { createSnippetApi } from "../../data/snippet-api.ts";
import { useSession } from "../../session/state.ts";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatCount, say } from "../../words/say.ts";

/**
 * The last change of a snippet. `before` is the snippet before the change, and `version` is the
 * snippet's version after the change. `campaigns` is the number of campaigns in which the change
 * has an effect.
 */
export type SnippetChange =
  | { kind: "changed"; before: Snippet; version: number; campaigns: number }
  | { kind: "deleted"; before: Snippet };

/** Returns a sentence that describes the change of a snippet. */
export function describeSnippetChange(change: SnippetChange): string {
  if (change.kind === "deleted") return say("{name} is deleted.", { name: change.before.name });
  return change.campaigns === 0
    ? say("Snippet saved.")
    : say("Snippet saved. Upcoming emails in {campaigns} have the new text.", {
        campaigns: formatCount(change.campaigns, "campaign"),
      });
}

type Props = { change: SnippetChange; onUndone: () => void; onEnd: () => void };

/** Shows the notice with which the agent can still undo the last change of a snippet. */
export function SnippetUndoNotice({ change, onUndone, onEnd }: Props) {
  const session = useSession();
  const revert = async () => {
    const { id, name, bodyHtml } = change.before;
    const api = createSnippetApi(session.api);
    if (change.kind === "changed") await api.change(id, change.version, { name, bodyHtml });
    else await api.create({ name, bodyHtml });
    session.status.value = say("Undone. The snippet is back to what it was.");
    onUndone();
  };
  const left = say("You can undo this for another");
  return (
    <UndoNotice
      spanMs={limits.recallSeconds * 1000}
      text={`${describeSnippetChange(change)} ${left}`}
      label={say("Undo")}
      onUndo={revert}
      onEnd={onEnd}
    />
  );
}
