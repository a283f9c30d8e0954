import { Fragment } from "preact";
import type { RecipientDetail, TimelineMessage } from "../../../shared/recipient.ts";
import type { Task } from "../../../shared/task.ts";
import type { EventKind } from "../../../shared/vocabulary.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import { useSession } from "../../session/state.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { getEventLabel, messageStatusTexts } from "../../words/recipient.ts";
import { formatCount, say, sayMessage } from "../../words/say.ts";
import { formatTaskResult, formatTaskTitle, taskOutcomeTexts } from "../../words/task.ts";
import { LetterToggle } from "./emails.tsx";
import { type EventGroup, groupRepeatedEvents } from "./event-groups.ts";
import { ReplyActions } from "./replies.tsx";

const icons: Partial<Record<EventKind, IconName>> = {
  delivered: "check",
  opened: "eye",
  clicked: "link",
  replied: "reply",
  autoReplied: "reply",
  bounced: "warning",
  complained: "warning",
  rejected: "warning",
  failed: "warning",
  unsubscribed: "close",
};

function shortenWebAddress(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/[/?#]$/, "");
}

type TimelineProps = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

function EventEntry({ event, times, ...of }: EventGroup & TimelineProps) {
  const { format } = useSession();
  const { text, tone } = getEventLabel(event);
  return (
    <li class={`event ${tone}`}>
      <Icon name={(!event.isMachine && icons[event.kind]) || "mail"} />
      <div>
        <p class="line">
          <span>
            {say(text)}
            {times > 1 && ` ${formatCount(times, "time")}`}
            {event.awayUntil &&
              ` · ${say("Away until {awayUntil}", { awayUntil: format.calendarDay(event.awayUntil) })}`}
          </span>
          <span class="muted">{format.instant(event.occurredAt)}</span>
        </p>
        {event.url && <p class="fine cut">{shortenWebAddress(event.url)}</p>}
        {event.text && <blockquote>{event.text}</blockquote>}
        <ReplyActions event={event} {...of} />
      </div>
    </li>
  );
}

function formatMessageLine(
  { status, skipReason, failure, sentAt, formerAddress }: TimelineMessage,
  when: (iso: string) => string,
): string {
  if (status === "skipped" && skipReason)
    return `${say("Skipped.~one")} ${sayMessage(englishReasonTexts.skip[skipReason])}`;
  if (status === "failed" && failure) return `${messageStatusTexts.failed}: ${failure}`;
  if (!sentAt) return messageStatusTexts[status];
  const place = formerAddress === null ? [] : [say("to {name}", { name: formerAddress })];
  return [messageStatusTexts.sent, when(sentAt), ...place].join(" · ");
}

function MessageEntry({ message, ...of }: { message: TimelineMessage } & TimelineProps) {
  const { format } = useSession();
  const groups = groupRepeatedEvents(message.events);
  return (
    <li class={`step message ${message.status}`}>
      <span class="step-number" aria-hidden="true">
        {message.position ?? "–"}
      </span>
      <div class="step-body">
        <h4>
          {message.stepKind === "email" && (
            <span class="unseen">{say("Email {stepNumber}:", { stepNumber: message.position ?? "–" })} </span>
          )}
          {message.subject ??
            `${message.stepKind === "task" ? say("Task") : say("Email")} ${message.position ?? "–"}`}
        </h4>
        <p class="fine">{formatMessageLine(message, format.instant)}</p>
        {message.position === null && <p class="fine">{say("This step has since been removed.")}</p>}
        {message.stepKind === "email" && message.status !== "skipped" && message.status !== "retrying" && (
          <LetterToggle email={message} {...of} />
        )}
        {groups.length > 0 && (
          <ul class="events">
            {groups.map(({ event, times }) => (
              <EventEntry event={event} times={times} {...of} key={`${event.kind} ${event.occurredAt}`} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function TaskEntry({ task }: { task: Task }) {
  const { format } = useSession();
  const { outcome, closedAt } = task;
  return (
    <li class={`step message ${outcome === "done" ? "sent" : "task"}`}>
      <span class="step-number" aria-hidden="true">
        {task.position ?? "–"}
      </span>
      <div class="step-body">
        <h4>
          <span class="unseen">{say("Task {stepNumber}:", { stepNumber: task.position ?? "–" })} </span>
          {formatTaskTitle(task)}
        </h4>
        <p class="fine">
          {say("Assigned~one")} · {format.instant(task.openedAt)}
        </p>
        {outcome && closedAt && (
          <p class="fine">
            {task.result ? formatTaskResult(task.result) : taskOutcomeTexts[outcome]} ·{" "}
            {format.instant(closedAt)}
          </p>
        )}
        {!outcome && task.postponedUntil && (
          <p class="fine">
            {say("Postponed until {postponedUntil}", { postponedUntil: format.date(task.postponedUntil) })}
          </p>
        )}
        {task.note && <blockquote>{task.note}</blockquote>}
      </div>
    </li>
  );
}

export function RecipientTimeline(of: TimelineProps) {
  const { messages, tasks } = of.recipient;
  const entries = [
    ...messages.map((message) => ({
      key: message.stepNumber,
      order: message.order,
      entry: <MessageEntry message={message} {...of} />,
    })),
    ...tasks.map((task) => ({
      key: task.stepNumber,
      order: task.order,
      entry: <TaskEntry task={task} />,
    })),
  ].sort((one, other) => one.order - other.order);
  return (
    <section>
      <h3 class="group-title">{say("Activity")}</h3>
      {entries.length === 0 ? (
        <EmptyState icon="clock" title={say("Nothing has been sent yet")} />
      ) : (
        <ol class="steps">
          {entries.map(({ key, entry }) => (
            <Fragment key={key}>{entry}</Fragment>
          ))}
        </ol>
      )}
    </section>
  );
}
