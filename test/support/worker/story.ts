import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { expect, vi } from "vitest";
import { createContext } from "../../../worker/context.ts";
import type { NormalizedEvent } from "../../../worker/domain/receive/event.ts";
import worker from "../../../worker/index.ts";
import { ingest } from "../../../worker/receive/ingest.ts";
import { bindings, captured, ids } from "./world.ts";

/** Moves the clock, strikes it, and waits until the queue has delivered everything that came of it. */
export async function strike(at: number): Promise<void> {
  vi.setSystemTime(at);
  const execution = createExecutionContext();
  await worker.scheduled(createScheduledController(), bindings);
  await waitOnExecutionContext(execution);
  await vi.waitFor(
    async () => {
      const claimed = await bindings.DB.prepare(
        "SELECT count(*) AS n FROM campaign_recipients WHERE lease IS NOT NULL",
      ).first<{ n: number }>();
      expect(claimed?.n).toBe(0);
    },
    { timeout: 15_000, interval: 50 },
  );
}

/** What comes back for a step, as a webhook or our own links would bring it. */
export async function hear(
  kind: NormalizedEvent["kind"],
  stepNumber: number,
  change: Partial<NormalizedEvent> = {},
): Promise<void> {
  const event: NormalizedEvent = {
    kind,
    recipientId: ids.firstRecipient,
    stepNumber,
    email: "jane.doe@example.com",
    occurredAt: Date.now(),
    dedupeKey: kind,
    isMachine: false,
    messageId: null,
    providerMessageId: null,
    data: {},
    ...change,
  };
  const job = { kind: "events" as const, tenantId: ids.tenant, source: "test", receivedAt: Date.now() };
  await ingest(createContext(bindings), { ...job, events: [event] });
}

/** The steps whose emails went, in the order they went. */
export const sentSteps = async (): Promise<number[]> =>
  (await captured()).map(({ stepNumber }) => stepNumber);
