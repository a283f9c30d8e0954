import { latenessMs, patienceMs } from "../../../../worker/engine/sender.ts";
import { ids } from "../world.ts";
import type { EndState } from "./end-state.ts";
import type { Fact } from "./facts.ts";
import { dayIn, isInside } from "./local-time.ts";
import type { Call, Delivery } from "./provider-log.ts";
import { accounts, type Scenario, senderZone } from "./scenario.ts";

/** All that is known of a run once it is over. `facts` are what the database committed, in order. */
export type Evidence = {
  scenario: Scenario;
  calls: readonly Call[];
  deliveries: readonly Delivery[];
  facts: readonly Fact[];
  end: EndState;
  /** Whether a time came at which nothing was left to happen. */
  cameToRest: boolean;
};

/** Each tells what breaks it, in words; nothing when it holds. */
export const invariants = {
  sentOnce,
  nothingMissing,
  stopsHold,
  insideWindow,
  underDailyCap,
  underRate,
  countersAgree,
  nobodyStuck,
} as const satisfies Record<string, (evidence: Evidence) => string[]>;

export type InvariantName = keyof typeof invariants;

export function broken(evidence: Evidence): { name: InvariantName; detail: string }[] {
  return (Object.keys(invariants) as InvariantName[]).flatMap((name) =>
    invariants[name](evidence).map((detail) => ({ name, detail })),
  );
}

type Key = { recipientId: number; stepNumber: number };
const keyOf = ({ recipientId, stepNumber }: Key) => `${recipientId}.${stepNumber}`;

/** The changes of one message's status, in order. */
function historyOf({ facts }: Evidence): Map<string, Fact[]> {
  const own = facts.filter(({ table }) => table === "messages");
  return Map.groupBy(own, ({ id, stepNumber }) => keyOf({ recipientId: id, stepNumber }));
}

/**
 * Nobody gets a step twice. Where the campaign prefers a second email to none, a repeat is allowed only after the
 * message was listed as unknown and then released for sending again.
 */
function sentOnce(evidence: Evidence): string[] {
  const { scenario, deliveries, calls } = evidence;
  const histories = historyOf(evidence);
  return [...Map.groupBy(deliveries, keyOf)].flatMap(([key, own]) => {
    const releases = (histories.get(key) ?? []).filter(
      ({ from, to }) => from === "unknown" && to === "retrying",
    ).length;
    const allowed = scenario.unknownPolicy === "resend" ? 1 + releases : 1;
    const asked = calls.filter((call) => keyOf(call) === key).map(({ answer }) => answer);
    return own.length <= allowed
      ? []
      : [`${key} was delivered ${own.length} times (calls: ${asked.join(", ")})`];
  });
}

/**
 * Every step of everybody who was not stopped has been delivered, or is accounted for: left out, refused for good, or
 * listed as unknown (and, once its evidence window was over, assumed sent). What is recorded as sent by a provider's
 * yes was delivered; what was delivered is recorded as sent or unknown.
 */
function nothingMissing(evidence: Evidence): string[] {
  const { scenario, calls, deliveries, end } = evidence;
  const delivered = new Set(deliveries.map(keyOf));
  const refused = new Set(calls.filter(({ answer }) => answer === "refused").map(keyOf));
  const unknown = new Set(
    evidence.facts.flatMap(({ table, id, stepNumber, to }) =>
      table === "messages" && to === "unknown" ? [keyOf({ recipientId: id, stepNumber })] : [],
    ),
  );
  const statusOf = new Map(end.messages.map((message) => [keyOf(message), message.status]));
  return end.recipients.flatMap(({ id, status }) =>
    scenario.steps.flatMap((_, index) => {
      const key = keyOf({ recipientId: id, stepNumber: index + 1 });
      const message = statusOf.get(key) ?? "none";
      if (delivered.has(key)) {
        const isListed = message === "sent" || message === "unknown" || scenario.unknownPolicy === "resend";
        return isListed ? [] : [`${key} was delivered but its message is ${message}`];
      }
      const isStopped = status === "stopped" && (message === "none" || message === "retrying");
      const isRefused = message === "failed" && refused.has(key);
      const isUnknown = (message === "sent" || message === "unknown") && unknown.has(key);
      return isStopped || isRefused || isUnknown || message === "skipped"
        ? []
        : [`${key} was not delivered, its message is ${message} and its recipient ${status}`];
    }),
  );
}

/**
 * A call in flight is one whose right was taken (the message row became `sending`) before the stop was committed, no
 * longer ago than a slot may be late. Any other call to somebody who is stopped or paused, by themselves or with their
 * campaign, breaks this.
 */
function stopsHold(evidence: Evidence): string[] {
  const { calls, facts } = evidence;
  const histories = historyOf(evidence);
  const byRecipient = Map.groupBy(
    facts.filter(({ table }) => table === "recipients"),
    ({ id }) => id,
  );
  const ofCampaign = facts.filter(({ table, id }) => table === "campaigns" && id === ids.campaign);
  const statusAt = (changes: readonly Fact[], order: number) =>
    changes.findLast((change) => change.order < order)?.to ?? "active";
  return calls.flatMap((call) => {
    const right = histories
      .get(keyOf(call))
      ?.findLast(({ to, order }) => to === "sending" && order < call.order);
    const name = `the call for ${keyOf(call)} at ${time(call.seen)}`;
    if (right === undefined) return [`${name} was made without a right to it`];
    const recipient = statusAt(byRecipient.get(call.recipientId) ?? [], right.order);
    const campaign = statusAt(ofCampaign, right.order);
    if (recipient !== "active" || campaign !== "active") {
      return [`${name} was begun when the recipient was ${recipient} and the campaign ${campaign}`];
    }
    const isFirst = call.accountId === accounts.first;
    return isFirst && call.seen - right.seen > latenessMs + patienceMs
      ? [`${name} came ${call.seen - right.seen} ms after its right was taken`]
      : [];
  });
}

/** A call falls inside the window, by the recipient's own clock, at the moment it is made. */
function insideWindow({ scenario, calls }: Evidence): string[] {
  const zones = new Map(scenario.recipients.map(({ id, timeZone }) => [id, timeZone]));
  return calls.flatMap((call) => {
    const zone = zones.get(call.recipientId) ?? "UTC";
    return call.accountId !== accounts.first || isInside(scenario.sendWindow, call.seen, zone)
      ? []
      : [`${keyOf(call)} was called at ${time(call.seen)}, outside the window in ${zone}`];
  });
}

/** No more calls than the cap on any calendar day of the sender's. */
function underDailyCap({ scenario, calls }: Evidence): string[] {
  const byDay = Map.groupBy(slotCalls(calls), ({ seen }) => dayIn(seen, senderZone));
  return [...byDay].flatMap(([day, own]) =>
    own.length <= scenario.dailyCap
      ? []
      : [`${own.length} on ${day}, where ${scenario.dailyCap} are allowed`],
  );
}

/**
 * The slot clock hands out each interval once, and a slot is good for `latenessMs`: so any span of time holds at most
 * (span + lateness) / interval + 1 calls.
 */
function underRate({ scenario, calls }: Evidence): string[] {
  const times = slotCalls(calls)
    .map(({ seen }) => seen)
    .toSorted((a, b) => a - b);
  return times.flatMap((first, from) => {
    const last = times.findIndex(
      (at, index) => index > from && (index - from) * scenario.intervalMs > at - first + latenessMs,
    );
    return last === -1
      ? []
      : [`${last - from + 1} calls in the ${(times[last] ?? 0) - first} ms from ${time(first)}`];
  });
}

/** A slot's call is the one to the account that is asked first; a second account is asked after it, with the same slot. */
function slotCalls(calls: readonly Call[]): Call[] {
  return calls.filter(({ accountId }) => accountId === accounts.first);
}

function countersAgree({ end }: Evidence): string[] {
  const asText = (figures: EndState["counted"]) =>
    new Set(figures.map(({ stepNumber, name, value }) => `${stepNumber} ${name} ${value}`));
  const counted = asText(end.counted);
  const actual = asText(end.actual);
  return [
    ...[...counted].filter((one) => !actual.has(one)).map((one) => `counted, but not so: ${one}`),
    ...[...actual].filter((one) => !counted.has(one)).map((one) => `so, but not counted: ${one}`),
  ];
}

/** In the end everybody is through or stopped, nobody is held by a claim, and the campaign knows that it is over. */
function nobodyStuck({ end, cameToRest }: Evidence): string[] {
  if (!cameToRest) return ["it goes on for ever"];
  const stuck = end.recipients
    .filter(({ status, lease }) => (status !== "completed" && status !== "stopped") || lease !== null)
    .map(({ id, status, dueAt, lease }) => `${id} is ${status}, due ${dueAt}, lease ${lease}`);
  return end.campaign === "completed" || stuck.length > 0 ? stuck : [`the campaign is ${end.campaign}`];
}

function time(at: number): string {
  return new Date(at).toISOString();
}
