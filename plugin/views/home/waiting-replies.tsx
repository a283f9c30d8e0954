import { useEffect, useMemo, useState } from "preact/hooks";
import type { WorkListScope } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import type { RecipientDetail } from "../../../shared/recipient.ts";
import type { WaitingReply, WaitingReplyCounts } from "../../../shared/reply.ts";
import type { SettlingOutcome } from "../../../shared/vocabulary.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { pageSize, useResource } from "../../data/use-resource.ts";
import { usePersonNews } from "../../session/person-news.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { say } from "../../words/say.ts";
import { type Assignment, ReplyAssignee } from "../reply/assign.tsx";
import { ReplyOutcomeButtons } from "../reply/outcomes.tsx";
import { type ReplyChange, ReplyUndo } from "./reply-undo.tsx";

const toRepliedPerson = ({ recipientId, campaignId, propertyId, email }: WaitingReply) => ({
  ...{ id: recipientId, campaignId, propertyId, email },
  outcome: "replied" as const,
});

/**
 * Lists the replies that wait, the newest first, for every property that the agent may see. An
 * agent sees first the replies that the agent handles, everybody else the replies of the whole
 * office.
 */
export function WaitingReplies() {
  const { emit, tokens, cache, epoch } = useSession();
  const usual: WorkListScope = tokens.role() === "agent" ? "mine" : "office";
  const [reach, setReach] = useState(usual);
  const [changes, setChanges] = useState<ReplyChange[]>([]);
  const replies = useResource(`waiting-replies ${reach}`, ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).waitingReplies(reach, pageSize, signal),
    shouldPoll: () => true,
  }));
  const { data } = replies;
  usePersonNews(useMemo(() => data?.items.map(toRepliedPerson), [data]));
  const counts = data?.counts ?? null;
  const count = counts === null ? (data?.items.length ?? 0) : counts[usual];
  useEffect(() => {
    if (data !== undefined) emit("count", { count });
    // A token of some properties gets no counts, so nothing would show that colleagues have
    // replies.
    if (data?.counts === null) setReach("office");
  }, [data, count, emit]);
  const change = (reply: WaitingReply, made: ReplyChange) => {
    setChanges((before) => [...before.filter((one) => one.reply.recipientId !== reply.recipientId), made]);
    if (data) {
      const items = data.items.filter(({ recipientId }) => recipientId !== reply.recipientId);
      replies.set({ ...data, items });
    }
    cache.delete(`waiting-replies ${reach === "mine" ? "office" : "mine"}`);
    replies.reload();
  };
  const forget = ({ reply }: ReplyChange) =>
    setChanges((before) => before.filter((one) => one.reply.recipientId !== reply.recipientId));
  return (
    <LoadedContent resource={replies} rows={2}>
      {({ items, nextCursor }) =>
        (items.length > 0 || changes.length > 0 || (counts?.office ?? 0) > 0) && (
          <section class="replies">
            <h3 class="group-title">{say("Replies")}</h3>
            {counts && <ReachSwitch reach={reach} counts={counts} onChoose={setReach} />}
            {changes.map((one) => (
              <ReplyUndo
                change={one}
                onUndone={() => {
                  forget(one);
                  epoch.value++;
                }}
                onEnd={() => forget(one)}
                key={`${one.kind} ${one.reply.recipientId}`}
              />
            ))}
            {items.length === 0 && <p class="muted">{say("No replies wait for you.")}</p>}
            <ul class="list">
              {items.map((reply) => (
                <ReplyCard
                  reply={reply}
                  onSettled={({ reply: settled }, outcome) => {
                    const undoUntil = settled?.undoUntil;
                    if (undoUntil) change(reply, { kind: "settled", reply, outcome, undoUntil });
                  }}
                  onAssigned={(assignment) => change(reply, { kind: "assigned", reply, assignment })}
                  key={reply.recipientId}
                />
              ))}
            </ul>
            {nextCursor && <p class="fine">{say("More replies are waiting.")}</p>}
          </section>
        )
      }
    </LoadedContent>
  );
}

type SwitchProps = {
  reach: WorkListScope;
  counts: WaitingReplyCounts;
  onChoose: (reach: WorkListScope) => void;
};

/** Shows the buttons for the agent's own replies and the office's, with the number that waits. */
function ReachSwitch({ reach, counts, onChoose }: SwitchProps) {
  const format = (count: number) =>
    count < limits.countedReplies ? String(count) : `${limits.countedReplies - 1}+`;
  const button = (one: WorkListScope, text: string) => (
    <button type="button" class="segment" aria-pressed={reach === one} onClick={() => onChoose(one)}>
      {text} <span class="segment-count">{format(counts[one])}</span>
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div class="segments" role="group" aria-label={say("Whose replies")}>
      {button("mine", say("Mine~many"))}
      {button("office", say("The whole office"))}
    </div>
  );
}

type CardProps = {
  reply: WaitingReply;
  onSettled: (recipient: RecipientDetail, outcome: SettlingOutcome) => void;
  onAssigned: (assignment: Assignment) => void;
};

function ReplyCard({ reply, onSettled, onAssigned }: CardProps) {
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
      <ReplyAssignee
        recipientId={recipientId}
        assignedTo={reply.assignedTo}
        onAssigned={(_, assignment) => onAssigned(assignment)}
      />
    </li>
  );
}
