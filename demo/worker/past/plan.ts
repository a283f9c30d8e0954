import { hourMs, minuteMs } from "../../../shared/time-lengths.ts";
import type { EventKind, SettlingOutcome, StopReason } from "../../../shared/vocabulary.ts";
import { addWorkdays, toDenverInstant } from "./denver.ts";

/**
 * A step of a past campaign. `wordings`: the number of wordings among which the people are divided.
 */
export type PastStep = { stepNumber: number; delayDays: number; wordings: number };

export type PastMessage = {
  recipientId: number;
  stepNumber: number;
  variant: number | null;
  sentAt: number;
};
export type PastEvent = {
  recipientId: number;
  stepNumber: number;
  kind: EventKind;
  isMachine: 0 | 1;
  at: number;
  text: string | null;
};
/**
 * The end of a person's sequence. `reason`: why the sequence stopped; null if the person got all
 * emails.
 */
export type PastSequenceEnd = { recipientId: number; reason: StopReason | null; lastSentAt: number | null };
export type PastOutcome = { recipientId: number; outcome: SettlingOutcome; at: number };
export type PersonsPast = {
  messages: PastMessage[];
  events: PastEvent[];
  end: PastSequenceEnd;
  outcome: PastOutcome | null;
};

/**
 * The hours at which emails are sent. An hour that is listed more than once is chosen more often.
 */
const hours = [9, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16];

/** The answers of people: the outcome, how many answers in ten have the outcome, and the text. */
const answers: readonly [SettlingOutcome, weight: number, text: string][] = [
  ["interested", 2, "We have talked about it. What would you need to see the house?"],
  ["appointment", 1, "Saturday at ten works for us. Please ring the side door."],
  ["listing", 1, "We talked it over and would like you to sell it."],
  ["notNow", 2, "Not this year. Ask me again when the kids are out of school."],
  ["alreadyListed", 1, "We already signed with somebody, sorry."],
  ["wrongPerson", 1, "I think you have the wrong address, I never owned that house."],
  ["notSelling", 1, "We are staying put, but thanks."],
  ["noMore", 1, "Please take me off your list."],
];

type Sending = {
  steps: readonly PastStep[];
  /** The first day of the campaign (YYYY-MM-DD). */
  firstDay: string;
  /** The end of the made-up past. Nothing is made up after this instant. */
  until: number;
  peoplePerDay: number;
  replyShare: number;
  random: () => number;
};

/**
 * Makes up the past of one person: the emails that were sent to the person, and the events that
 * followed.
 */
export function inventPersonsPast(recipientId: number, turn: number, sending: Sending): PersonsPast {
  const { steps, firstDay, until, peoplePerDay, random } = sending;
  const end: PastSequenceEnd = { recipientId, reason: null, lastSentAt: null };
  const life: PersonsPast = { messages: [], events: [], end, outcome: null };
  let day = addWorkdays(firstDay, Math.floor(turn / peoplePerDay));
  for (const { stepNumber, delayDays, wordings } of steps) {
    if (stepNumber > 1) day = addWorkdays(day, 0, Math.max(1, delayDays));
    const hour = hours[Math.floor(random() * hours.length)] ?? 10;
    const sentAt = toDenverInstant(day, hour) + Math.floor(random() * 50) * minuteMs;
    if (sentAt >= until) return { ...life, end: { ...end, reason: "campaignStopped" } };
    const variant = wordings > 1 ? turn % wordings : null;
    const message = { recipientId, stepNumber, variant, sentAt };
    life.messages.push(message);
    end.lastSentAt = sentAt;
    end.reason = react(life, message, hour, sending);
    if (end.reason !== null) return life;
  }
  return life;
}

/**
 * Adds the events that follow an email. Returns why an event stops the person's sequence, or null
 * if no event stops the sequence.
 */
function react(life: PersonsPast, message: PastMessage, hour: number, sending: Sending): StopReason | null {
  const { recipientId, stepNumber, sentAt } = message;
  const { until, random } = sending;
  const note = (kind: EventKind, at: number, isMachine: 0 | 1 = 0, text: string | null = null) => {
    if (at < until) {
      life.events.push({ recipientId, stepNumber, kind, isMachine, at: Math.round(at), text });
    }
    return at < until;
  };
  if (stepNumber === 1 && random() < 0.018) return note("bounced", sentAt + minuteMs) ? "bounced" : null;
  note("delivered", sentAt + minuteMs);
  if (random() < 0.32) note("opened", sentAt + 2 * minuteMs, 1);
  if (random() < 0.41) note("opened", sentAt + hourMs * (1 + random() * 30));
  if (random() < 0.04) note("clicked", sentAt + hourMs * (2 + random() * 30));
  const reactsAt = sentAt + hourMs * (1 + random() * 40);
  if (random() < getReplyShare(message, hour, sending)) {
    const [outcome, , text] = pickAnswer(random());
    if (!note("replied", reactsAt, 0, text)) return null;
    life.outcome = { recipientId, outcome, at: Math.round(Math.min(until - 1, reactsAt + 3 * hourMs)) };
    return "replied";
  }
  if (random() < 0.008) return note("unsubscribed", reactsAt) ? "unsubscribed" : null;
  return random() < 0.0006 && note("complained", reactsAt) ? "complained" : null;
}

/**
 * Returns the chance of a reply to an email, 0 to 1. First emails, mornings and the middle of the
 * week get more replies.
 */
function getReplyShare({ stepNumber, variant, sentAt }: PastMessage, hour: number, sending: Sending): number {
  const weekday = new Date(sentAt).getUTCDay();
  const ofStep = stepNumber === 1 ? 1 : stepNumber === 2 ? 0.8 : 0.5;
  const ofHour = hour < 12 ? 1.3 : 0.6;
  const ofDay = weekday === 2 || weekday === 3 ? 1.4 : 0.8;
  return sending.replyShare * ofStep * ofHour * ofDay * (variant === 1 ? 2 : 1);
}

function pickAnswer(share: number) {
  const total = answers.reduce((sum, [, weight]) => sum + weight, 0);
  let left = share * total;
  const found = answers.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  return found ?? (answers[0] as (typeof answers)[number]);
}

/**
 * Returns the time of the last email or event of these people; 0 if no person has an email or
 * event.
 */
export const findLastPastInstant = (lives: readonly PersonsPast[]): number =>
  Math.max(
    0,
    ...lives.flatMap(({ events, messages }) => [
      ...events.map(({ at }) => at),
      ...messages.map(({ sentAt }) => sentAt),
    ]),
  );
