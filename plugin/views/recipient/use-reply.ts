import { useRef } from "preact/hooks";
import type { RecipientDetail, ReplyReadingInput } from "../../../shared/recipient.ts";
import type { ReplyOutcomeInput } from "../../../shared/reply.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { createRecipientApi } from "../../data/recipient-api.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";

/** A recipient who has replied, and the function to call with the recipient after a change. */
export type AnsweredRecipientProps = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

/** Returns functions that record a reply's meaning or outcome, and the state of the request. */
export function useAnswerRecording({ recipient, onChange }: AnsweredRecipientProps) {
  const { api, cache, status } = useSession();
  const { run, ...state } = useAction();
  const place = useRef<HTMLDivElement>(null);
  const change = (request: () => Promise<RecipientDetail>, said: string, done?: () => void) =>
    run(async () => {
      const changed = await request();
      // The focused button disappears. Focus moves to the view's heading, because the browser would
      // move the focus out of the tab.
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
      change(() => createRecipientActionsApi(api).recordOutcome(recipient.id, body), said, done),
  };
}
