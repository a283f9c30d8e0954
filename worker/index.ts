import { type ContextOptions, createContext } from "./context.ts";
import { addDeadLetters } from "./db/dead-letters.ts";
import type { Bindings } from "./env.ts";
import { createApp } from "./http/app.ts";
import { readFirstBytes } from "./http/request.ts";
import type { EventJob, SendJob } from "./jobs.ts";
import { maxInboundReadBytes } from "./mail/inbound/inbound.ts";
import { receiveEmail } from "./receive/inbound.ts";
import { ingestEventBatch } from "./receive/ingest.ts";
import { sendQueuedEmails } from "./send/sender.ts";
import { runTick } from "./send/sequencer.ts";

/**
 * Returns the clock and the randomness for one call of an entry point. The demo passes such a
 * function to move time.
 */
export type ContextOptionsLoader = (env: Bindings) => ContextOptions | Promise<ContextOptions>;

/**
 * Builds the Worker's four entry points: HTTP requests, the cron trigger, queues and incoming
 * email.
 */
export function createEntryPoints(options: ContextOptionsLoader = () => ({})) {
  const contextOf = async (env: Bindings) => createContext(env, await options(env));
  const app = createApp(contextOf);
  return {
    fetch: (request: Request, env: Bindings, execution: ExecutionContext) =>
      app.fetch(request, env, execution),

    async scheduled(_controller: ScheduledController, env: Bindings): Promise<void> {
      const result = await runTick(await contextOf(env));
      if (result.claimed > 0) console.log(JSON.stringify({ level: "info", msg: "tick", ...result }));
    },

    async queue(batch: MessageBatch, env: Bindings): Promise<void> {
      const ctx = await contextOf(env);
      switch (batch.queue) {
        case "doorknock-send":
          return sendQueuedEmails(ctx, batch as MessageBatch<SendJob>);
        case "doorknock-event":
          return ingestEventBatch(ctx, batch as MessageBatch<EventJob>);
        default:
          await addDeadLetters(ctx.db, batch, ctx.now());
      }
    },

    async email(message: ForwardableEmailMessage, env: Bindings): Promise<void> {
      const raw = await readFirstBytes(message.raw, maxInboundReadBytes);
      const result = await receiveEmail(await contextOf(env), { from: message.from, to: message.to, raw });
      if (result.kind === "notOurs") message.setReject("No such address");
    },
  };
}

export default createEntryPoints();
