import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import { useSession } from "../../session/state.ts";
import { Badge } from "../../ui/badge.tsx";
import {
  describeRecipientStatus,
  formatRecipientName,
  recipientOutcomeLabels,
} from "../../words/recipient.ts";
import { say } from "../../words/say.ts";

/** The height of a row in pixels. The file people.css contains the same number. */
const rowHeight = 64;
/**
 * The number of rows to render above and below the visible rows, so that scrolling shows rows at
 * once.
 */
const spareRows = 6;

type ListProps = {
  ids: readonly number[];
  rows: ReadonlyMap<number, CampaignRecipient>;
  selected: ReadonlySet<number>;
  isSelectable: boolean;
  onShow: (ids: readonly number[]) => void;
  onToggle: (index: number, isRange: boolean) => void;
};

/** Shows the list of people. Renders only the visible rows, and a few rows above and below. */
export function PeopleList({ ids, rows, selected, isSelectable, onShow, onToggle }: ListProps) {
  const box = useRef<HTMLUListElement>(null);
  const [first, setFirst] = useState(0);
  const [inView, setInView] = useState(10);
  const start = Math.max(0, first - spareRows);
  const shown = ids.slice(start, first + inView + spareRows);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setInView(Math.ceil(element.clientHeight / rowHeight)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => onShow(shown), [ids, start, inView]);
  const focus = (index: number) => {
    const element = box.current;
    if (element === null || index < 0 || index >= ids.length) return;
    const top = index * rowHeight;
    const bottom = top + rowHeight - element.clientHeight;
    element.scrollTop = Math.min(top, Math.max(bottom, element.scrollTop));
    setFirst(Math.floor(element.scrollTop / rowHeight));
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const current = event.target instanceof HTMLElement ? event.target.closest("li") : null;
    if (current === null) return;
    const index = Number(current.dataset.place);
    const target = findTarget(event.key, index, ids.length, inView);
    if (target === null) return;
    event.preventDefault();
    if (event.shiftKey && isSelectable) onToggle(target, true);
    focus(target);
  };
  return (
    <ul
      class="people"
      ref={box}
      aria-label={say("Recipients")}
      onScroll={({ currentTarget }) => setFirst(Math.floor(currentTarget.scrollTop / rowHeight))}
      onKeyDown={onKeyDown}
    >
      <li class="people-height" aria-hidden="true" style={{ height: `${ids.length * rowHeight}px` }} />
      {shown.map((id, offset) => (
        <PersonRow
          key={id}
          index={start + offset}
          count={ids.length}
          person={rows.get(id)}
          isSelected={selected.has(id)}
          isSelectable={isSelectable}
          onToggle={onToggle}
        />
      ))}
    </ul>
  );
}

function findTarget(key: string, index: number, count: number, page: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(index + 1, last);
    case "ArrowUp":
      return Math.max(index - 1, 0);
    case "PageDown":
      return Math.min(index + page, last);
    case "PageUp":
      return Math.max(index - page, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

type RowProps = {
  index: number;
  count: number;
  person: CampaignRecipient | undefined;
  isSelected: boolean;
  isSelectable: boolean;
  onToggle: ListProps["onToggle"];
};

function PersonRow({ index, count, person, isSelected, isSelectable, onToggle }: RowProps) {
  const { go } = useSession();
  const place = { "data-place": index, "aria-posinset": index + 1, "aria-setsize": count };
  const style = { top: `${index * rowHeight}px` };
  if (person === undefined) return <li class="person loading" style={style} {...place} />;
  const name = formatRecipientName(person);
  const outcome = recipientOutcomeLabels[person.outcome];
  const { id, campaignId, campaignName } = person;
  const open = () => go({ name: "recipient", id, title: name, campaignId, campaignName });
  return (
    <li class={isSelected ? "person selected" : "person"} style={style} {...place}>
      {isSelectable && (
        <input
          type="checkbox"
          aria-label={say("Select {name}", { name })}
          data-index={index}
          checked={isSelected}
          onClick={(event) => onToggle(index, event.shiftKey)}
        />
      )}
      <div class="person-main">
        <button
          type="button"
          class="person-name"
          data-index={isSelectable ? undefined : index}
          onClick={open}
        >
          {name}
        </button>
        <span class="muted cut">{person.email ?? say("No email address")}</span>
        <NextTime person={person} />
      </div>
      <Badge tone={outcome.tone} text={say(outcome.text)} />
    </li>
  );
}

function NextTime({ person }: { person: CampaignRecipient }) {
  const { format } = useSession();
  const { nextStepPosition, nextStepKind, nextSendAt, snoozedUntil, timeZone } = person;
  const kind = nextStepKind === "task" ? say("Task") : say("Email");
  const next =
    nextStepPosition && nextSendAt && `${kind} ${nextStepPosition} · ${format.instant(nextSendAt, timeZone)}`;
  const snoozed =
    snoozedUntil &&
    say("Snoozed until {snoozedUntil}", { snoozedUntil: format.instant(snoozedUntil, timeZone) });
  const text = describeRecipientStatus(person) ?? snoozed ?? next;
  return <span class="fine cut">{text || "\u00a0"}</span>;
}
