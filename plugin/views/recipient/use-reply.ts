import { useRef } from "preact/hooks";
import type { RecipientDetail, ReplyReadingInput } from "../../../shared/recipient.ts";
import type { ReplyOutcomeInput } from "../../../shared/reply.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { createRecipientApi } from "../../data/recipient-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { tellOutcome } from "../reply/tell-outcome.ts";

/** A recipient who has replied. `onChange` is called with the recipient after each change. */
export type AnsweredRecipientProps = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/**
 * Returns functions that record the meaning or the outcome of a reply, and the state of the current
 * request.
 */
export function useReplyRecording({ recipient, onChange }: AnsweredRecipientProps) {
  const session = useSession();
  const { api, cache, status } = session;
  const { run, ...state } = useAction();
  const place = useRef<HTMLDivElement>(null);
  const change = (request: () => Promise<RecipientDetail>, said: string, done?: () => void) =>
    run(async () => {
      const changed = await request();
      // The focused button disappears, and the browser would move the focus out of the tab.
      // Therefore the view's heading gets the focus.
      const root = place.current?.getRootNode();
      if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(".view-header h2")?.focus();
      done?.();
      onChange(changed);
      cache.delete("campaigns");
      status.value = said;
    });
  return {
    ...state,
    place,
    read: (replyId: string, body: ReplyReadingInput, said: string, done?: () => void) =>
      change(() => createRecipientApi(api, recipient.id).readReply(replyId, body), said, done),
    record: (body: ReplyOutcomeInput, said: string, done?: () => void) =>
      change(
        async () => {
          const changed = await createRecipientActionsApi(session.api).recordOutcome(recipient.id, body);
          tellOutcome(session, changed);
          return changed;
        },
        said,
        done,
      ),
  };
}
