import { useState } from "preact/hooks";
import { createStepsApi } from "../../data/steps-api.ts";
import { useSession } from "../../session/state.ts";
import { findStepsUndo, forgetStepsUndo } from "../../session/steps-undo.ts";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { say } from "../../words/say.ts";

/** Shows that the agent has just changed the steps, with a button that undoes the change. */
export function StepsUndoNotice({ campaignId, onUndone }: { campaignId: number; onUndone: () => void }) {
  const { api, cache, status } = useSession();
  const [undo, setUndo] = useState(() => findStepsUndo(cache, campaignId));
  if (undo === null) return null;
  const end = () => {
    forgetStepsUndo(cache, campaignId);
    setUndo(null);
  };
  const revert = async () => {
    await createStepsApi(api, campaignId).undo(undo.undoToken);
    cache.delete("campaigns");
    cache.delete(`steps ${campaignId}`);
    status.value = say("Undone. The steps are back to what they were.");
    end();
    onUndone();
  };
  return (
    <UndoNotice
      spanMs={undo.leftMs}
      text={say("Steps changed. You can undo this for another")}
      label={say("Undo")}
      onUndo={revert}
      onEnd={end}
    />
  );
}
