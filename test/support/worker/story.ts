import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { expect, vi } from "vitest";
import { createContext } from "../../../worker/context.ts";
import type { NormalizedEvent } from "../../../worker/domain/receive/event.ts";
import worker from "../../../worker/index.ts";
import { ingestEvents } from "../../../worker/receive/ingest.ts";
import { buildEvent } from "./event.ts";
import { bindings, countClaimedRecipients, listCapturedEmails, worldIds } from "./world.ts";

/**
 * Moves the clock, runs a tick (the Worker's run every minute), and waits until the queue has
 * delivered every job.
 */
export async function runTickAt(at: number): Promise<void> {
  vi.setSystemTime(at);
  const execution = createExecutionContext();
  await worker.scheduled(createScheduledController(), bindings);
  await waitOnExecutionContext(execution);
  await vi.waitFor(
    async () => {
      expect(await countClaimedRecipients()).toBe(0);
    },
    { timeout: 15_000, interval: 50 },
  );
}

/**
 * Ingests an event about a step, as if a webhook or one of our own links had reported the event.
 */
export async function ingestReportedEvent(
  kind: NormalizedEvent["kind"],
  stepNumber: number,
  change: Partial<NormalizedEvent> = {},
): Promise<void> {
  const now = Date.now();
  const job = { kind: "events" as const, tenantId: worldIds.tenant, source: "test", receivedAt: now };
  const base = { kind, stepNumber, email: "jane.doe@example.com", occurredAt: now };
  await ingestEvents(createContext(bindings), { ...job, events: [buildEvent({ ...base, ...change })] });
}

/** Returns the steps whose emails were sent, in order. */
export const listSentStepNumbers = async (): Promise<number[]> =>
  (await listCapturedEmails()).map(({ stepNumber }) => stepNumber);
