import { createContext } from "../../../worker/context.ts";
import { loadCandidates } from "../../../worker/db/candidates.ts";
import { openDatabase } from "../../../worker/db/scope.ts";
import { explainHold } from "../../../worker/domain/send/eligibility.ts";
import type { SendJob } from "../../../worker/jobs.ts";
import type { OutgoingEmail, Provider, SendOutcome } from "../../../worker/providers/provider.ts";
import { sendBatch } from "../../../worker/send/sender.ts";
import { tick } from "../../../worker/send/sequencer.ts";
import { metered } from "./cost.ts";
import { collectingQueue, deliver } from "./queue.ts";
import { bindings, createWorld, ids, type WorldOptions } from "./world.ts";

/** Monday 6 October 2025, 10:00 in New York. */
export const start = Date.UTC(2025, 9, 6, 14);
export const minute = 60_000;
export const day = 86_400_000;

const accepted: SendOutcome = { kind: "accepted", providerMessageId: "p-1" };

/** An engine whose minutes pass one after the other, each with its tick and what the queue delivers in it. */
export async function pacedWorld({
  sleeps = false,
  ...options
}: Partial<WorldOptions> & { sleeps?: boolean } = {}) {
  await createWorld({ now: start, ...options });
  const queue = collectingQueue<SendJob>();
  const { d1, cost } = metered(bindings.DB);
  let at = start;
  const sleepers: { wakesAt: number; wake: () => void }[] = [];
  /** Emails that wait side by side each wake at their own moment, the earliest first. */
  const sleepUntil = (wakesAt: number) =>
    new Promise<void>((wake) => {
      sleepers.push({ wakesAt, wake });
      setTimeout(() => {
        const [next] = sleepers.sort((a, b) => a.wakesAt - b.wakesAt).splice(0, 1);
        at = Math.max(at, next?.wakesAt ?? at);
        next?.wake();
      }, 0);
    });
  const calls: { at: number; to: string; from: string; recipientId: number }[] = [];
  let answer: (email: OutgoingEmail) => SendOutcome = () => accepted;
  const base = createContext(
    { ...bindings, DB: d1, SEND_QUEUE: queue.queue },
    {
      now: () => at,
      random: () => 0,
      sleep: (ms) => (sleeps ? sleepUntil(at + ms) : Promise.resolve()),
    },
  );
  const outbox: Provider = {
    ...base.providers.outbox,
    send: async (email) => {
      const outcome = answer(email);
      calls.push({
        at,
        to: email.to.email,
        from: email.from.email,
        recipientId: email.reference.recipientId,
      });
      return outcome;
    },
  };
  const ctx = { ...base, providers: { ...base.providers, outbox } };
  let waiting: SendJob[] = [];
  const leavesAt = (job: SendJob) => Math.max(...job.entries.map((entry) => entry.slotAt));

  /** Delivers what the queue holds for the time until `until`, each at its time. */
  async function deliverUntil(until: number): Promise<void> {
    waiting.push(...queue.take());
    const ready = waiting
      .filter((job) => leavesAt(job) < until)
      .toSorted((a, b) => leavesAt(a) - leavesAt(b));
    waiting = waiting.filter((job) => leavesAt(job) >= until);
    for (const job of ready) {
      at = Math.max(at, leavesAt(job));
      await deliver([job], (batch) => sendBatch(ctx, batch));
    }
  }

  return {
    ctx,
    calls,
    cost,
    queue,
    now: () => at,
    tick: () => tick(ctx),
    deliver: (jobs: SendJob[] = queue.take()) => deliver(jobs, (batch) => sendBatch(ctx, batch)),
    /** @returns after how long the consumer asked for it again; null where it didn't */
    async deliverOne(job: SendJob): Promise<number | null> {
      const { retriedAfterMs } = await deliver([job], (batch) => sendBatch(ctx, batch));
      return retriedAfterMs[0] ?? null;
    },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    advance: (ms: number) => {
      at += ms;
    },
    /** Lets so many minutes pass. */
    async pass(minutes: number) {
      for (let count = 0; count < minutes; count += 1) {
        const until = at + minute;
        await tick(ctx);
        await deliverUntil(until);
        at = until;
      }
    },
    whyNotYet: async (recipientId: number) => {
      const [candidate] = await loadCandidates(openDatabase(bindings.DB), [recipientId], ids.tenant);
      return candidate === undefined ? null : explainHold(candidate, at);
    },
  };
}

export const people = (count: number, domain = "example.com", from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    email: `o${from + index}@${domain}`,
    propertyId: `p-${domain}-${from + index}`,
  }));

/** Changes the sender as an admin or an operator would, past every check. */
export async function setSender(change: string): Promise<void> {
  await bindings.DB.prepare(`UPDATE senders SET ${change} WHERE id = ?1`).bind(ids.sender).run();
}

/** Another campaign of the world's sender, a copy of its first, with its own people due at `dueAt`. */
export async function addCampaign(id: number, count: number, dueAt: number, domain: string): Promise<void> {
  const { DB } = bindings;
  await DB.batch([
    DB.prepare(
      `INSERT INTO campaigns (id, tenant_id, name, type, status, sender_id, first_recipient_id, last_recipient_id,
         created_by, created_at, updated_at)
       SELECT ?1, tenant_id, 'Other', type, 'active', sender_id, ?1 * 100000, ?1 * 100000 + 99999, created_by, created_at,
         updated_at
       FROM campaigns WHERE id = ?2`,
    ).bind(id, ids.campaign),
    DB.prepare(
      `INSERT INTO campaign_steps (campaign_id, step_number, tenant_id, template_id, template_version)
       SELECT ?1, step_number, tenant_id, template_id, template_version FROM campaign_steps WHERE campaign_id = ?2`,
    ).bind(id, ids.campaign),
    DB.prepare(
      `WITH RECURSIVE n(turn) AS (SELECT 0 UNION ALL SELECT turn + 1 FROM n WHERE turn + 1 < ?2)
       INSERT INTO campaign_recipients (id, tenant_id, campaign_id, sender_id, turn, property_id, email, name, due_at,
         scheduled_at, data, created_at)
       SELECT ?1 * 100000 + turn, ?3, ?1, ?4, turn, 'p-' || ?1 || '-' || turn, 'o' || turn || '@' || ?6, 'Jane Doe', ?5,
         ?5, '{"recipient":{},"property":{"streetAddress":"123 Main St"}}', ?5 FROM n`,
    ).bind(id, count, ids.tenant, ids.sender, dueAt, domain),
  ]);
}
