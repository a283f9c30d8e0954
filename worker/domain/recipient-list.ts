import { sequenceEndStepNumber } from "../../shared/limits.ts";
import type { RecipientListFilter } from "../../shared/recipient-list.ts";
import {
  type EmailHold,
  type FilterableOutcome,
  filterableOutcomes,
  type RecipientHold,
  type RecipientSort,
  type RecipientStatus,
  recipientHolds,
  recipientStatuses,
} from "../../shared/vocabulary.ts";
import { getDayStart, getNextDayStart } from "./schedule/schedule.ts";

/* Filters, sorts and counts the recipients of a campaign, for lists. */

/** The facts about one recipient that lists need. Instants are ms UTC. */
export type ListedRecipient = {
  id: number;
  status: RecipientStatus;
  outcome: FilterableOutcome;
  hold: RecipientHold | null;
  nextStep: number;
  propertyId: string | null;
  name: string;
  /** The text that a search looks through. */
  text: string;
  createdAt: number;
  /** When the next step is planned; null if no step is planned. */
  nextAt: number | null;
  /**
   * The time of the recipient's last event, such as an email, an open or an answer; null if nothing
   * has happened.
   */
  activeAt: number | null;
};

/** The facts that decide why a recipient in the middle of a sequence waits. */
export type HoldFacts = {
  status: RecipientStatus;
  dueAt: number | null;
  snoozedUntil: number | null;
  isTaskOpen: boolean;
  /** The fault of the next email for which the recipient is paused; null for other recipients. */
  heldFor: EmailHold | null;
};

/**
 * Returns why a recipient waits for a person or a date; null if the recipient waits for neither.
 */
export function findRecipientHold(
  facts: HoldFacts,
  isCampaignActive: boolean,
  now: number,
): RecipientHold | null {
  switch (facts.status) {
    case "completed":
    case "stopped":
      return null;
    case "waitingForEmail":
      return "waitingForEmail";
    case "paused":
      if (facts.heldFor === null) return "recipientPaused";
      return facts.heldFor === "contentRefused" ? "faultyEmail" : "missingVariables";
    case "active":
      if (facts.isTaskOpen) return "waitingForTask";
      if (facts.snoozedUntil !== null && facts.snoozedUntil > now) return "snoozed";
      return isCampaignActive && facts.dueAt === null ? "needsDecision" : null;
  }
}

/** Folds case and accents, so that a search for "maria" finds "María". */
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Returns the recipients that match every field of a filter.
 * @param properties the keys of the properties that the caller may see; null for all properties
 */
export function filterRecipients<Listed extends ListedRecipient>(
  recipients: readonly Listed[],
  filter: RecipientListFilter,
  properties: readonly string[] | null,
): Listed[] {
  const words = fold(filter.q ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const seen = properties === null ? null : new Set(properties);
  const zone = filter.zone ?? "UTC";
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : getDayStart(filter.from, zone);
  const until =
    filter.to === undefined ? Number.POSITIVE_INFINITY : getNextDayStart(getDayStart(filter.to, zone), zone);
  return recipients.filter((one) => {
    if (seen !== null && !seen.has(one.propertyId ?? "")) return false;
    if (filter.status !== undefined && one.status !== filter.status) return false;
    if (filter.outcome !== undefined && one.outcome !== filter.outcome) return false;
    if (filter.heldReason !== undefined && one.hold !== filter.heldReason) return false;
    if (filter.step !== undefined && (one.nextStep !== filter.step || hasEnded(one))) return false;
    if (one.createdAt < from || one.createdAt >= until) return false;
    const text = words.length === 0 ? "" : fold(one.text);
    return words.every((word) => text.includes(word));
  });
}

const hasEnded = ({ status }: ListedRecipient) => status === "completed" || status === "stopped";

/** A recipient's position in a list: the value by which the list is sorted, and the id. */
export type RecipientListPosition = { key: string | number | null; id: number };

export function getRecipientListPosition(one: ListedRecipient, sort: RecipientSort): RecipientListPosition {
  switch (sort) {
    case "added":
    case "-added":
      return { key: null, id: one.id };
    case "name":
    case "-name":
      return { key: fold(one.name), id: one.id };
    case "next":
    case "-next":
      return { key: one.nextAt, id: one.id };
    case "activity":
    case "-activity":
      return { key: one.activeAt, id: one.id };
  }
}

/**
 * Compares two positions of one list. A position without a value comes last in either direction,
 * and equal values follow the order of adding.
 */
export function compareRecipientListPositions(
  a: RecipientListPosition,
  b: RecipientListPosition,
  sort: RecipientSort,
): number {
  const direction = sort.startsWith("-") ? -1 : 1;
  const [left, right] = [a.key === "" ? null : a.key, b.key === "" ? null : b.key];
  if (left === right) return (a.id - b.id) * (sort === "-added" ? -1 : 1);
  if (left === null) return 1;
  if (right === null) return -1;
  return (left < right ? -1 : 1) * direction;
}

/** Returns the recipients in the order of the list. */
export function sortRecipients<Listed extends ListedRecipient>(
  recipients: readonly Listed[],
  sort: RecipientSort,
): Listed[] {
  return recipients
    .map((one) => ({ one, place: getRecipientListPosition(one, sort) }))
    .toSorted((a, b) => compareRecipientListPositions(a.place, b.place, sort))
    .map(({ one }) => one);
}

const placePattern = /^(\d{1,16})(?:-([ns])(.{0,400}))?$/s;

/** Returns the cursor that names a position; `parseRecipientListCursor` reads the cursor back. */
export function formatRecipientListCursor({ key, id }: RecipientListPosition): string {
  if (key === null) return String(id);
  return `${id}-${typeof key === "number" ? "n" : "s"}${key}`;
}

/** Returns the position that a cursor names; null if the text is not a cursor. */
export function parseRecipientListCursor(text: string): RecipientListPosition | null {
  const [, id, kind, value = ""] = placePattern.exec(text) ?? [];
  if (id === undefined) return null;
  if (kind === undefined) return { key: null, id: Number(id) };
  if (kind === "s") return { key: value, id: Number(id) };
  return Number.isSafeInteger(Number(value)) ? { key: Number(value), id: Number(id) } : null;
}

/** Returns the numbers of a campaign's recipients by status, outcome, hold and next step. */
export function countRecipients(recipients: readonly ListedRecipient[]) {
  return {
    people: recipients.length,
    statuses: countBy(recipientStatuses, recipients, ({ status }) => status),
    outcomes: countBy(filterableOutcomes, recipients, ({ outcome }) => outcome),
    holds: countBy(recipientHolds, recipients, ({ hold }) => hold),
    steps: countSteps(recipients),
  };
}

function countSteps(recipients: readonly ListedRecipient[]): { stepNumber: number; people: number }[] {
  const counts = new Map<number, number>();
  for (const one of recipients) {
    const isLeft = !hasEnded(one) && one.nextStep < sequenceEndStepNumber;
    if (isLeft) counts.set(one.nextStep, (counts.get(one.nextStep) ?? 0) + 1);
  }
  return [...counts].toSorted(([a], [b]) => a - b).map(([stepNumber, people]) => ({ stepNumber, people }));
}

function countBy<Key extends string, Item>(
  keys: readonly Key[],
  items: readonly Item[],
  keyOf: (item: Item) => Key | null,
): Record<Key, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) counts[key] += 1;
  }
  return counts;
}
