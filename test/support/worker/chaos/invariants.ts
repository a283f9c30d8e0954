import { getDepartureToleranceMs } from "../../../../worker/domain/send/interval.ts";
import { maxEmailWaitMs } from "../../../../worker/send/sender.ts";
import type { EndState } from "./end-state.ts";
import type { StatusChange } from "./facts.ts";
import { isInsideSendWindow } from "./local-time.ts";
import { findDailyCapFaults, findDomainCapFaults, findRateFaults } from "./pace-invariants.ts";
import type { Delivery, RecordedCall } from "./provider-log.ts";
import { type ChaosScenario, chaosAccountIds, getCampaignId, listTaskStepNumbers } from "./scenario.ts";
import { findTaskFaults } from "./task-invariants.ts";

/** The record of a finished run. `facts` are the committed status changes, in order. */
export type ChaosRunRecord = {
  scenario: ChaosScenario;
  calls: readonly RecordedCall[];
  deliveries: readonly Delivery[];
  facts: readonly StatusChange[];
  end: EndState;
  /** True if the run ended before the greatest allowed number of events. */
  cameToRest: boolean;
};

/**
 * The invariants that every run must keep. Each function returns one sentence for each breach of
 * its invariant.
 */
export const invariants = {
  sentOnce: findRepeatedDeliveries,
  nothingMissing: findMissingDeliveries,
  stopsHold: findCallsAfterStops,
  insideWindow: findCallsOutsideWindow,
  underDailyCap: findDailyCapFaults,
  underDomainCap: findDomainCapFaults,
  underRate: findRateFaults,
  cooledOff: findCoolOffFaults,
  snoozesHold: findCallsDuringSnoozes,
  staysTheSame: findChangedEmails,
  tasksHold: findTaskFaults,
  figuresAgree: findFigureFaults,
  nobodyStuck: findStuckRecipients,
} as const satisfies Record<string, (record: ChaosRunRecord) => string[]>;

export type InvariantName = keyof typeof invariants;

export function listBrokenInvariants(record: ChaosRunRecord): { name: InvariantName; detail: string }[] {
  return (Object.keys(invariants) as InvariantName[]).flatMap((name) =>
    invariants[name](record).map((detail) => ({ name, detail })),
  );
}

type Key = { recipientId: number; stepNumber: number };
const formatKey = ({ recipientId, stepNumber }: Key) => `${recipientId}.${stepNumber}`;

/** Returns the status changes of each message, in order. */
function groupMessageChanges({ facts }: ChaosRunRecord): Map<string, StatusChange[]> {
  const own = facts.filter(({ table }) => table === "messages");
  return Map.groupBy(own, ({ id, stepNumber }) => formatKey({ recipientId: id, stepNumber }));
}

/**
 * Finds the messages that were delivered too often. A message may be delivered once. If the
 * campaign's policy is `resend`, each change from `unknown` to `retrying` allows one more delivery.
 */
function findRepeatedDeliveries(record: ChaosRunRecord): string[] {
  const { scenario, deliveries, calls } = record;
  const histories = groupMessageChanges(record);
  return [...Map.groupBy(deliveries, formatKey)].flatMap(([key, own]) => {
    const releases = (histories.get(key) ?? []).filter(
      ({ from, to }) => from === "unknown" && to === "retrying",
    ).length;
    const allowed = scenario.unknownPolicy === "resend" ? 1 + releases : 1;
    const asked = calls.filter((call) => formatKey(call) === key).map(({ answer }) => answer);
    return own.length <= allowed
      ? []
      : [`${key} was delivered ${own.length} times (calls: ${asked.join(", ")})`];
  });
}

/**
 * Finds the messages whose status does not fit what happened. Without a stop, every email is
 * delivered, skipped or refused, or its outcome is unknown. A message with the status `sent` was
 * really delivered. A delivered message is `sent` or `unknown`, except under the policy `resend`.
 */
function findMissingDeliveries(record: ChaosRunRecord): string[] {
  const { scenario, calls, deliveries, end } = record;
  const delivered = new Set(deliveries.map(formatKey));
  const refused = new Set(calls.filter(({ answer }) => answer === "refused").map(formatKey));
  const statusOf = new Map(end.messages.map((message) => [formatKey(message), message.status]));
  return end.recipients.flatMap(({ id, status }) =>
    scenario.steps.flatMap(({ task }, index) => {
      if (task !== undefined) return [];
      const key = formatKey({ recipientId: id, stepNumber: index + 1 });
      const message = statusOf.get(key) ?? "none";
      if (delivered.has(key)) {
        const isListed = message === "sent" || message === "unknown" || scenario.unknownPolicy === "resend";
        return isListed ? [] : [`${key} was delivered but its message is ${message}`];
      }
      const isStopped = status === "stopped" && (message === "none" || message === "retrying");
      const isRefused = message === "failed" && refused.has(key);
      const isUnknown = message === "unknown";
      return isStopped || isRefused || isUnknown || message === "skipped"
        ? []
        : [`${key} was not delivered, its message is ${message} and its recipient ${status}`];
    }),
  );
}

/**
 * Finds the calls for a stopped or paused recipient, campaign or tenant. A call is allowed if its
 * message row became `sending` before the stop was committed. The call must then follow within the
 * time for which a sender waits until the email's turn.
 */
function findCallsAfterStops(record: ChaosRunRecord): string[] {
  const { calls, facts } = record;
  const { intervalMs } = record.scenario;
  const histories = groupMessageChanges(record);
  const byRecipient = Map.groupBy(
    facts.filter(({ table }) => table === "recipients"),
    ({ id }) => id,
  );
  const changesOf = (campaignId: number) =>
    facts.filter(({ table, id }) => table === "campaigns" && id === campaignId);
  const ofTenant = facts.filter(({ table }) => table === "tenants");
  const statusAt = (changes: readonly StatusChange[], order: number) =>
    changes.findLast((change) => change.order < order)?.to ?? "active";
  return calls.flatMap((call) => {
    const right = histories
      .get(formatKey(call))
      ?.findLast(({ to, order }) => to === "sending" && order < call.order);
    const name = `the call for ${formatKey(call)} at ${time(call.seen)}`;
    if (right === undefined) return [`${name} was made without a right to it`];
    const recipient = statusAt(byRecipient.get(call.recipientId) ?? [], right.order);
    const campaign = statusAt(changesOf(getCampaignId(call.recipientId)), right.order);
    const tenant = statusAt(ofTenant, right.order);
    if (recipient !== "active" || campaign !== "active" || tenant !== "active") {
      const states = `the recipient was ${recipient}, the campaign ${campaign} and the tenant ${tenant}`;
      return [`${name} was begun when ${states}`];
    }
    const isFirst = call.accountId === chaosAccountIds.first;
    return isFirst && call.seen - right.seen > maxEmailWaitMs + getDepartureToleranceMs(intervalMs)
      ? [`${name} came ${call.seen - right.seen} ms after its right was taken`]
      : [];
  });
}

/**
 * Finds the calls outside the sending hours in the recipient's time zone. Emails that an agent sent
 * now despite the sending hours don't count.
 */
function findCallsOutsideWindow({ scenario, calls, facts }: ChaosRunRecord): string[] {
  const zones = new Map(scenario.recipients.map(({ id, timeZone }) => [id, timeZone]));
  const hastened = facts.filter(({ table, to }) => table === "hastened" && to === "2");
  const tasks = listTaskStepNumbers(scenario);
  return calls.flatMap((call) => {
    const zone = zones.get(call.recipientId) ?? "UTC";
    const isHastened = hastened.some(
      ({ id, stepNumber, order }) =>
        id === call.recipientId &&
        order < call.order &&
        // After "send now", a recipient does not wait for a task, so the step after the task is
        // sent.
        (stepNumber === call.stepNumber ||
          (tasks.includes(stepNumber) && stepNumber + 1 === call.stepNumber)),
    );
    return isHastened ||
      call.accountId !== chaosAccountIds.first ||
      isInsideSendWindow(scenario.sendWindow, call.seen, zone)
      ? []
      : [`${formatKey(call)} was called at ${time(call.seen)}, outside the window in ${zone}`];
  });
}

/**
 * The shortest allowed time between two deliveries: one day, minus the time that may pass between
 * the engine's check and the delivery.
 */
const coolOffMs = 24 * 3_600_000 - 10 * 60_000;

/**
 * Finds the deliveries that came too soon after an email from the other campaign to the same
 * person. `coolOffMs` is the least time between two such emails.
 */
function findCoolOffFaults({ scenario, deliveries }: ChaosRunRecord): string[] {
  const emails = new Map(scenario.recipients.map(({ id, email }) => [id, email]));
  const byPerson = Map.groupBy(deliveries, ({ recipientId }) => emails.get(recipientId));
  return [...byPerson.values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.seen - b.seen);
    return inOrder.slice(1).flatMap((delivery, index) => {
      const before = inOrder[index];
      if (before === undefined || delivery.seen - before.seen >= coolOffMs) return [];
      const isOther = getCampaignId(before.recipientId) !== getCampaignId(delivery.recipientId);
      return isOther
        ? [`${formatKey(delivery)} came ${delivery.seen - before.seen} ms after ${formatKey(before)}`]
        : [];
    });
  });
}

/**
 * Finds the calls for recipients whom an agent has snoozed. A later "send now" has precedence over
 * a snooze.
 */
function findCallsDuringSnoozes(record: ChaosRunRecord): string[] {
  const histories = groupMessageChanges(record);
  const snoozes = Map.groupBy(
    record.facts.filter(({ table }) => table === "snoozes"),
    ({ id }) => id,
  );
  return record.calls.flatMap((call) => {
    const right = histories
      .get(formatKey(call))
      ?.findLast(({ to, order }) => to === "sending" && order < call.order);
    const snooze = snoozes
      .get(call.recipientId)
      ?.findLast(({ order }) => order < (right?.order ?? call.order));
    const until = Number(snooze?.to ?? 0);
    const isHastened = record.facts.some(
      ({ table, id, to, order }) =>
        table === "hastened" &&
        id === call.recipientId &&
        to !== "0" &&
        order > (snooze?.order ?? 0) &&
        order < call.order,
    );
    return call.seen >= until || isHastened
      ? []
      : [`${formatKey(call)} was called at ${time(call.seen)}, snoozed until ${time(until)}`];
  });
}

/**
 * Finds the calls with another sender or another subject than before. All emails to a recipient
 * come from one sender, and all tries of a message have the same subject.
 */
function findChangedEmails({ scenario, calls }: ChaosRunRecord): string[] {
  const senders = new Map(scenario.recipients.map(({ id, from }) => [id, from]));
  const subjects = new Map<string, string>();
  return calls.flatMap((call) => {
    const key = formatKey(call);
    const subject = subjects.get(key) ?? call.subject;
    subjects.set(key, subject);
    if (call.from !== senders.get(call.recipientId)) return [`${key} came from ${call.from}`];
    return call.subject === subject ? [] : [`${key} was "${subject}" and then "${call.subject}"`];
  });
}

function findFigureFaults({ end }: ChaosRunRecord): string[] {
  const counted = new Set(end.counted);
  const actual = new Set(end.actual);
  return [
    ...[...counted].filter((one) => !actual.has(one)).map((one) => `counted, but not so: ${one}`),
    ...[...actual].filter((one) => !counted.has(one)).map((one) => `so, but not counted: ${one}`),
  ];
}

/**
 * Finds the recipients, tasks and campaigns that are unfinished at the end of a run. Every
 * recipient must be completed or stopped, and not claimed for sending. No task may be open, and
 * each campaign must be completed.
 */
function findStuckRecipients({ end, cameToRest }: ChaosRunRecord): string[] {
  if (!cameToRest) return ["it goes on for ever"];
  const waiting = end.openTasks.map((task) => `the task ${formatKey(task)} is open`);
  const stuck = end.recipients
    .filter(({ status, lease }) => (status !== "completed" && status !== "stopped") || lease !== null)
    .map(({ id, status, dueAt, lease }) => `${id} is ${status}, due ${dueAt}, lease ${lease}`)
    .concat(waiting);
  const going = end.campaigns.filter((status) => status !== "completed");
  return stuck.length > 0 ? stuck : going.map((status) => `a campaign is ${status}`);
}

function time(at: number): string {
  return new Date(at).toISOString();
}
