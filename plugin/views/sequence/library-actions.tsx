import { useState } from "preact/hooks";
import type { SequencePatch } from "../../../shared/sequence.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { hasRole } from "../../session/roles.ts";
import type { SequenceDraft } from "../../session/sequence-draft.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";

/**
 * Shows the buttons that archive, delete or share a sequence. For a preset, shows no such buttons,
 * because an agent can't remove a preset from the office's list.
 */
export function SequenceLibraryActions({ draft }: { draft: SequenceDraft }) {
  const session = useSession();
  const action = useAction();
  const [isAsking, setIsAsking] = useState(false);
  const { id, isPreset, isEditable, isArchived, scope, name } = draft.saved.value;
  if (isPreset || !isEditable) return null;
  const api = createSequenceApi(session.api);
  const leave = (done: string, work: () => Promise<unknown>) =>
    action.run(async () => {
      await draft.flush();
      await work();
      session.cache.delete(`sequence ${id}`);
      session.status.value = done;
      setIsAsking(false);
      session.go({ name: "sequences" });
    });
  const change = (done: string, patch: SequencePatch) =>
    leave(done, () => api.change(id, draft.saved.peek().version, patch));
  const isShared = scope === "office";
  return (
    <section class="library-actions">
      <h3 class="group-title">{say("This sequence")}</h3>
      <div class="actions">
        {hasRole(session.tokens.role(), "teamLead") && (
          <Button
            isDisabled={action.isBusy}
            onClick={() =>
              isShared
                ? change(say("Only you can use {name} now.", { name }), { scope: "mine" })
                : change(say("Your office can use {name} now.", { name }), { scope: "office" })
            }
          >
            {isShared ? say("Stop sharing") : say("Share with the office")}
          </Button>
        )}
        <Button
          isDisabled={action.isBusy}
          onClick={() =>
            isArchived
              ? change(say("{name} is back in the list.", { name }), { isArchived: false })
              : change(say("{name} is archived.", { name }), { isArchived: true })
          }
        >
          {isArchived ? say("Restore") : say("Archive")}
        </Button>
        <Button kind="danger" isDisabled={action.isBusy} onClick={() => setIsAsking(true)}>
          {say("Delete…")}
        </Button>
      </div>
      {action.failure && !isAsking && <FailureNotice failure={action.failure} />}
      {isAsking && (
        <ConfirmDialog
          title={say("Delete {name}?", { name })}
          confirm={say("Delete sequence")}
          kind="danger"
          isBusy={action.isBusy}
          failure={action.failure}
          onConfirm={() => leave(say("{name} is deleted.", { name }), () => api.delete(id))}
          onClose={() => setIsAsking(false)}
        >
          <p>
            {say("Campaigns already launched with it keep their emails and continue. You can’t undo this.")}
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}
