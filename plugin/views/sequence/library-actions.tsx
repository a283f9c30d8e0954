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

/**
 * The buttons that archive, delete or share a sequence. A preset has no such buttons, because it
 * stays in the office's list.
 */
export function LibraryActions({ draft }: { draft: SequenceDraft }) {
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
      session.go({ name: "sequences" });
    });
  const change = (done: string, patch: SequencePatch) =>
    leave(done, () => api.change(id, draft.saved.peek().version, patch));
  const isShared = scope === "office";
  return (
    <section class="library-actions">
      <h3 class="group-title">This sequence</h3>
      <div class="actions">
        {hasRole(session.tokens.role(), "teamLead") && (
          <Button
            isDisabled={action.isBusy}
            onClick={() =>
              isShared
                ? change(`${name} is yours alone now.`, { scope: "mine" })
                : change(`Your office can use ${name} now.`, { scope: "office" })
            }
          >
            {isShared ? "Stop sharing" : "Share with the office"}
          </Button>
        )}
        <Button
          isDisabled={action.isBusy}
          onClick={() =>
            isArchived
              ? change(`${name} is back in the list.`, { isArchived: false })
              : change(`${name} is archived.`, { isArchived: true })
          }
        >
          {isArchived ? "Restore" : "Archive"}
        </Button>
        <Button kind="danger" isDisabled={action.isBusy} onClick={() => setIsAsking(true)}>
          Delete…
        </Button>
      </div>
      {action.failure && !isAsking && <FailureNotice failure={action.failure} />}
      {isAsking && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirm="Delete sequence"
          kind="danger"
          isBusy={action.isBusy}
          failure={action.failure}
          onConfirm={() => leave(`${name} is deleted.`, () => api.delete(id))}
          onClose={() => setIsAsking(false)}
        >
          <p>Campaigns launched with it keep their emails and go on. You can’t undo this.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
