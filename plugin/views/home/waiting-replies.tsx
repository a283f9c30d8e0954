import { useEffect, useRef, useState } from "preact/hooks";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { WaitingReply } from "../../../shared/reply.ts";
import type { SettlingOutcome } from "../../../shared/vocabulary.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { pageSize, useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { UndoNotice } from "../../ui/undo-notice.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { outcomeEffectTexts } from "../../words/reply.ts";
import { say } from "../../words/say.ts";
import { ReplyOutcomeButtons } from "../reply/outcomes.tsx";

/** A reply whose outcome the agent has just recorded and can still undo. */
type Settled = { reply: WaitingReply; outcome: SettlingOutcome; undoUntil: string };

/**
 * Lists the replies that wait for the agent, the newest first, for every property that the agent
 * may see.
 */
export function WaitingReplies() {
  const { emit } = useSession();
  const [settled, setSettled] = useState<Settled[]>([]);
  const replies = useResource("waiting-replies", ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).waitingReplies(null, pageSize, signal),
    shouldPoll: () => true,
  }));
  const { data } = replies;
  const count = data?.items.length ?? 0;
  useEffect(() => {
    if (data !== undefined) emit("count", { count });
  }, [data, count, emit]);
  const settle = (reply: WaitingReply) => (changed: RecipientDetail, outcome: SettlingOutcome) => {
    const undoUntil = changed.reply?.undoUntil ?? null;
    if (undoUntil !== null) setSettled((before) => [...before, { reply, outcome, undoUntil }]);
    if (data) {
      const items = data.items.filter(({ recipientId }) => recipientId !== reply.recipientId);
      replies.set({ ...data, items });
    }
  };
  const forget = ({ reply }: Settled) =>
    setSettled((before) => before.filter((one) => one.reply.recipientId !== reply.recipientId));
  return (
    <LoadedContent resource={replies} rows={2}>
      {({ items, nextCursor }) =>
        (items.length > 0 || settled.length > 0) && (
          <section class="replies">
            <h3 class="group-title">{say("Replies")}</h3>
            {settled.map((one) => (
              <SettledReply
                settled={one}
                onUndone={() => {
                  forget(one);
                  replies.reload();
                }}
                onEnd={() => forget(one)}
                key={one.reply.recipientId}
              />
            ))}
            <ul class="list">
              {items.map((reply) => (
                <ReplyCard reply={reply} onSettled={settle(reply)} key={reply.recipientId} />
              ))}
            </ul>
            {nextCursor && <p class="fine">{say("More replies are waiting.")}</p>}
          </section>
        )
      }
    </LoadedContent>
  );
}

type CardProps = {
  reply: WaitingReply;
  onSettled: (recipient: RecipientDetail, outcome: SettlingOutcome) => void;
};

function ReplyCard({ reply, onSettled }: CardProps) {
  const { go, format, mayAct } = useSession();
  const { recipientId, campaignId, campaignName, address, firstWords, isAsked, isReminder } = reply;
  const name = formatRecipientName({ name: reply.recipientName, email: reply.email });
  const open = () => go({ name: "recipient", id: recipientId, title: name, campaignId, campaignName });
  return (
    <li class="card reply-card">
      <div class="card-head">
        <h4>
          <button type="button" class="card-link" onClick={open}>
            {name}
          </button>
        </h4>
        {isReminder && <Badge tone="info" text={say("Back from “not now”")} />}
        {isAsked && <Badge tone="warning" text={say("May be a no")} />}
      </div>
      <p class="muted">{[address, campaignName, format.date(reply.repliedAt)].filter(Boolean).join(" · ")}</p>
      {firstWords && (
        <p class="excerpt">
          <Icon name="reply" /> “{firstWords}”
        </p>
      )}
      {mayAct() && !isAsked && (
        <ReplyOutcomeButtons
          recipientId={recipientId}
          propertyId={reply.propertyId}
          canContinue={reply.canContinue}
          label={say("What did {name} say?", { name })}
          onSettled={onSettled}
        />
      )}
      {mayAct() && isAsked && (
        <div class="choices">
          <Button onClick={open}>{say("Open and answer")}</Button>
        </div>
      )}
    </li>
  );
}

type SettledProps = { settled: Settled; onUndone: () => void; onEnd: () => void };

function SettledReply({ settled, onUndone, onEnd }: SettledProps) {
  const { api, tokens, status } = useSession();
  const { reply, outcome, undoUntil } = settled;
  const name = formatRecipientName({ name: reply.recipientName, email: reply.email });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The focused button has disappeared, so the notice in its place gets the focus.
    place.current?.focus();
  }, []);
  return (
    <div ref={place} tabIndex={-1}>
      <UndoNotice
        spanMs={Date.parse(undoUntil) - tokens.now()}
        text={say("{name}: {said} You can undo this for another", {
          name,
          said: outcomeEffectTexts[outcome],
        })}
        label={say("Undo")}
        onUndo={async () => {
          await createRecipientActionsApi(api).undoOutcome(reply.recipientId);
          status.value = say("Undone.");
          onUndone();
        }}
        onEnd={onEnd}
      />
    </div>
  );
}
