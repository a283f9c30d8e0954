import { limits } from "../../../shared/limits.ts";
import type { PeopleApi } from "../../data/people-api.ts";
import { useSession } from "../../session/state.ts";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatCount, say } from "../../words/say.ts";

/** A bulk action that can be undone. `text` says what the action changed. */
export type BulkUndo = { token: string; text: string };

type Props = {
  undo: BulkUndo | null;
  api: PeopleApi;
  /** Runs when the notice is over: after the undo, or when the time for it has passed. */
  onEnd: () => void;
  onUndone: () => void;
};

/** Offers to undo a bulk action, and then says for how many people the action was undone. */
export function BulkUndoNotice({ undo, api, onEnd, onUndone }: Props) {
  const { status } = useSession();
  if (undo === null) return null;
  const revert = async () => {
    const { undone } = await api.undo(undo.token);
    onEnd();
    status.value = say("Undone for {people}.", { people: formatCount(undone, "person", "people") });
    onUndone();
  };
  return (
    <UndoNotice
      key={undo.token}
      spanMs={limits.bulkUndoSeconds * 1000}
      text={`${undo.text} ${say("You can undo this for another")}`}
      label={say("Undo")}
      onUndo={revert}
      onEnd={onEnd}
    />
  );
}
