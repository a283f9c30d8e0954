import type { EventKind } from "../../../../shared/vocabulary.ts";
import type { Ctx } from "../../../../worker/context.ts";
import { buildLateEmailAllowance } from "../../../../worker/db/backlog.ts";
import { pauseCampaign, resumeCampaign } from "../../../../worker/db/campaign-status.ts";
import { loadCandidates } from "../../../../worker/db/candidates.ts";
import {
  performRecipientAction,
  type RecipientActionRequest,
  snoozeRecipient,
} from "../../../../worker/db/recipient-actions.ts";
import { createScope } from "../../../../worker/db/scope.ts";
import { makeRecipientDueNow, recallSendNowOfRecipient } from "../../../../worker/db/send-now.ts";
import { closeTask } from "../../../../worker/db/tasks.ts";
import { resumeTenant, stopTenant } from "../../../../worker/db/tenants.ts";
import { advanceAfterTask } from "../../../../worker/domain/send/sequence.ts";
import type { EventJob, SendJob } from "../../../../worker/jobs.ts";
import { storePropertyReports } from "../../../../worker/receive/property-reports.ts";
import { day, hour, minute } from "../../time.ts";
import { buildEvent } from "../event.ts";
import { worldIds } from "../world.ts";
import type { SimulatedClock } from "./clock.ts";
import type { StatusChange } from "./facts.ts";
import type { FaultSource } from "./faults.ts";
import type { Delivery, RecordedCall } from "./provider-log.ts";
import type { Random } from "./random.ts";
import { type ChaosScenario, getCampaignId, secondCampaign, stoppingPropertyStatus } from "./scenario.ts";

export type SimulatedPeopleOptions = {
  scenario: ChaosScenario;
  clock: SimulatedClock;
  faults: FaultSource;
  random: Random;
  /**
   * Makes one request as an agent. Repeats the request after an error or a lost answer, and calls
   * `then` once the request has succeeded.
   */
  ask: (request: (ctx: Ctx) => Promise<unknown>, then?: () => void) => void;
  hear: (job: EventJob, delayMs: number) => void;
  /**
   * The probability that an agent stops a recipient during a job. Also the probability that, after
   * a provider call, an owner reacts or an agent changes the recipient.
   */
  stopRate: number;
  /** The probability that the tenant stops all sending after a provider call. */
  panicRate: number;
  /** The share of recipients who react, or whom an agent changes, at a random time. */
  meddleRate: number;
};

export type SimulatedPeople = {
  start(): void;
  /** Called when a queue consumer has received the job, before the consumer runs. */
  onJob(job: SendJob): void;
  onCall(call: RecordedCall): void;
  onDelivery(delivery: Delivery): void;
  onFact(fact: StatusChange): void;
};

const second = 1000;

/**
 * Simulates owners who react to emails, and agents who stop or change sending. Owners and agents
 * act at random moments, also while an email is being sent.
 */
export function createSimulatedPeople(options: SimulatedPeopleOptions): SimulatedPeople {
  const { scenario, clock, faults, random, stopRate } = options;
  const lastStep = new Map<number, number>();
  const meddle = (recipientId: number) =>
    interfereWithRecipient(options, recipientId, lastStep.get(recipientId) ?? null);
  const anybody = () => random.pick(scenario.recipients).id;
  return {
    start() {
      for (const { id } of scenario.recipients) {
        if (random.chance(options.meddleRate)) clock.after(random.between(0, 8 * day), () => meddle(id));
      }
      for (let pauses = 0; pauses < 2; pauses += 1) {
        clock.after(random.between(0, 6 * day), () => pauseForAWhile(options));
      }
      clock.after(random.between(0, 6 * day), () => panicForAWhile(options));
      for (let sales = 0; sales < 2; sales += 1) {
        clock.after(random.between(0, 6 * day), () =>
          sellProperty(options, random.pick(scenario.recipients).propertyId),
        );
      }
    },
    onJob({ entries }) {
      // The simulated agent stops a recipient between the engine's check and the provider call,
      // because the engine could easily miss a stop at that time.
      if (faults.hasStopped() || !random.chance(stopRate)) return;
      const { recipientId } = random.pick(entries);
      clock.after(random.between(0, 120), () => options.ask((ctx) => change(ctx, recipientId, "stop")));
    },
    onCall({ recipientId }) {
      if (faults.hasStopped()) return;
      if (random.chance(stopRate)) {
        const whom = random.chance(0.5) ? recipientId : anybody();
        clock.after(random.between(0, 3 * second), () => meddle(whom));
      }
      if (random.chance(stopRate / 4)) clock.after(random.between(0, minute), () => pauseForAWhile(options));
      if (random.chance(options.panicRate)) {
        clock.after(random.between(0, 3 * second), () => panicForAWhile(options));
      }
    },
    onDelivery({ recipientId, stepNumber }) {
      lastStep.set(recipientId, stepNumber);
      reactToEmail(options, { recipientId, stepNumber });
    },
    onFact({ table, to, id: recipientId, stepNumber }) {
      if (table !== "tasks" || to !== "open" || random.chance(0.4)) return;
      const outcome = random.chance(0.7) ? "done" : "skipped";
      clock.after(random.between(minute, 30 * hour), () =>
        options.ask((ctx) => close(ctx, { recipientId, stepNumber }, outcome)),
      );
    },
  };
}

type Email = { recipientId: number; stepNumber: number };

/**
 * Simulates the events after an email: the email is delivered, opened and clicked. Sometimes a mail
 * filter opens and clicks the email before the owner.
 */
function reactToEmail(
  { clock, random, hear }: SimulatedPeopleOptions,
  { recipientId, stepNumber }: Email,
): void {
  const tell = (kind: EventKind, afterMs: number, url?: string) =>
    clock.after(afterMs, () => {
      const job = buildEventJob(clock, kind, recipientId, stepNumber, url);
      hear(job, random.between(second, 40 * minute));
    });
  if (random.chance(0.7)) tell("delivered", 0);
  if (random.chance(0.1)) {
    const startsMs = random.between(second, 20 * second);
    tell("opened", startsMs);
    for (const [index, page] of ["a", "b", "c"].entries()) {
      tell("clicked", startsMs + 100 * index, `https://example.com/${page}`);
    }
  }
  if (random.chance(0.3)) tell("opened", random.between(second, 6 * hour));
  if (random.chance(0.15)) tell("clicked", random.between(second, 6 * hour), "https://example.com/a");
}

/**
 * @param stepNumber the last step that was delivered to the recipient; null if no step was
 * delivered
 */
function interfereWithRecipient(
  options: SimulatedPeopleOptions,
  recipientId: number,
  stepNumber: number | null,
): void {
  const { clock, random, hear, ask } = options;
  const kinds = ["stop", "pause", "snooze", "send-now", "replied", "unsubscribed", "autoReplied"] as const;
  const kind = random.pick(stepNumber === null ? kinds.slice(0, 4) : kinds);
  if (kind === "stop") ask((ctx) => change(ctx, recipientId, kind));
  else if (kind === "send-now") sendNowForAWhile(options, recipientId);
  else if (kind === "snooze") {
    const untilMs = random.between(hour, 2 * day);
    ask((ctx) => snooze(ctx, recipientId, ctx.now() + untilMs));
  } else if (kind === "pause") {
    ask(
      (ctx) => change(ctx, recipientId, "pause"),
      () =>
        clock.after(random.between(5 * minute, day), () => ask((ctx) => change(ctx, recipientId, "resume"))),
    );
  } else hear(buildEventJob(clock, kind, recipientId, stepNumber ?? 1), 0);
}

/**
 * Asks the Worker to send a recipient's next email now, either within the sending hours or at any
 * hour. Undoes a fifth of these requests.
 */
function sendNowForAWhile({ ask, random }: SimulatedPeopleOptions, recipientId: number): void {
  const sendNow = random.pick([1, 2] as const);
  const isUndone = random.chance(0.2);
  ask(
    (ctx) => hasten(ctx, recipientId, sendNow),
    () => {
      if (isUndone) ask((ctx) => takeBackSendNow(ctx, recipientId));
    },
  );
}

function pauseForAWhile({ ask, clock, random }: SimulatedPeopleOptions): void {
  const whileMs = random.pick([2 * second, 5 * minute, 3 * hour]) + random.between(0, minute);
  ask(
    (ctx) => changeCampaign(ctx, "paused"),
    () => clock.after(whileMs, () => ask((ctx) => changeCampaign(ctx, "active"))),
  );
}

/**
 * Stops all sending of the tenant, resumes the sending some time later, and then confirms the
 * emails that have become too late.
 */
function panicForAWhile({ ask, clock, random }: SimulatedPeopleOptions): void {
  const whileMs = random.pick([2 * second, 5 * minute, 40 * minute]) + random.between(0, minute);
  ask(
    (ctx) => stopTenant(createScope(ctx.db, worldIds.tenant), buildAuditEntry(ctx, "tenant.stopped")),
    () =>
      clock.after(whileMs, () =>
        ask(
          (ctx) => resumeTenant(createScope(ctx.db, worldIds.tenant), buildAuditEntry(ctx, "tenant.resumed")),
          () => ask(confirmLate),
        ),
      ),
  );
}

async function confirmLate(ctx: Ctx): Promise<void> {
  const scope = createScope(ctx.db, worldIds.tenant);
  await ctx.db.$client.batch(
    [worldIds.campaign, secondCampaign.id].map((id) => buildLateEmailAllowance(scope, id, ctx.now())),
  );
}

/** Reports to the Worker that a property was sold, as the host does. */
function sellProperty({ ask }: SimulatedPeopleOptions, propertyId: string): void {
  ask((ctx) => {
    const report = { status: stoppingPropertyStatus, at: ctx.now(), source: "host" as const };
    const facts = { at: ctx.now(), address: null, contacts: [] };
    const news = {
      propertyId,
      report,
      listPrice: null,
      facts,
      owners: null,
      people: [],
      opensProperty: true,
    };
    return storePropertyReports(
      createScope(ctx.db, worldIds.tenant),
      [news],
      {},
      buildAuditEntry(ctx, "property.changed"),
    );
  });
}

function snooze(ctx: Ctx, id: number, until: number): Promise<unknown> {
  return snoozeRecipient(
    createScope(ctx.db, worldIds.tenant),
    id,
    until,
    buildAuditEntry(ctx, "recipient.snooze"),
  );
}

function buildAuditEntry(ctx: Ctx, action: string) {
  return { id: ctx.newId(), actor: "agent-1", action, subject: "chaos", at: ctx.now() };
}

function change(ctx: Ctx, id: number, action: RecipientActionRequest["action"]): Promise<unknown> {
  return performRecipientAction(
    createScope(ctx.db, worldIds.tenant),
    { id, campaignId: getCampaignId(id), action },
    buildAuditEntry(ctx, `recipient.${action}`),
  );
}

function hasten(ctx: Ctx, id: number, sendNow: 1 | 2): Promise<unknown> {
  const audit = buildAuditEntry(ctx, "recipient.send-now");
  return makeRecipientDueNow(
    createScope(ctx.db, worldIds.tenant),
    { id, campaignId: getCampaignId(id), stepNumber: null },
    { sendNow, dueAt: audit.at + 10 * second },
    audit,
  );
}

function takeBackSendNow(ctx: Ctx, id: number): Promise<unknown> {
  const audit = buildAuditEntry(ctx, "recipient.sendNowRecalled");
  return recallSendNowOfRecipient(createScope(ctx.db, worldIds.tenant), id, audit);
}

function changeCampaign(ctx: Ctx, to: "active" | "paused"): Promise<unknown> {
  const audit = buildAuditEntry(ctx, to);
  const scope = createScope(ctx.db, worldIds.tenant);
  return to === "paused"
    ? pauseCampaign(scope, { campaignId: worldIds.campaign, from: "active", to, audit })
    : resumeCampaign(scope, { campaignId: worldIds.campaign, from: "paused", to, audit }, true, false);
}

/** Closes the task in the same way as the API's route for tasks. */
async function close(ctx: Ctx, task: Email, outcome: "done" | "skipped"): Promise<void> {
  const [candidate] = await loadCandidates(ctx.db, [task.recipientId], worldIds.tenant);
  if (candidate === undefined) return;
  const now = ctx.now();
  const closing = {
    ...{
      ...task,
      outcome,
      result: null,
      note: null,
      snoozedUntil: null,
      campaignId: getCampaignId(task.recipientId),
    },
    progress: advanceAfterTask(candidate, now, now, ctx.random()),
  };
  await closeTask(createScope(ctx.db, worldIds.tenant), closing, buildAuditEntry(ctx, `task.${outcome}`));
}

function buildEventJob(
  clock: SimulatedClock,
  kind: EventKind,
  recipientId: number,
  stepNumber: number,
  url?: string,
): EventJob {
  const occurredAt = clock.seen();
  const dedupeKey = `${kind} ${clock.now()}`;
  const data = url === undefined ? {} : { url };
  return {
    kind: "events",
    tenantId: worldIds.tenant,
    source: "chaos",
    receivedAt: occurredAt,
    events: [buildEvent({ kind, recipientId, stepNumber, occurredAt, dedupeKey, data })],
  };
}
