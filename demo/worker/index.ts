import { type Context, Hono } from "hono";
import { z } from "zod";
import { createEntryPoints } from "../../worker/index.ts";
import { buildMailActionRequest, mailActionInput } from "./actions.ts";
import { findCapturedMail, listCapturedMails } from "./captured.ts";
import { advanceDemoClock, clockAdvanceInput, createDemoClock } from "./clock.ts";
import type { DemoBindings } from "./env.ts";
import { addPastCampaigns } from "./past/make.ts";
import { signToken, tokenInput } from "./token.ts";

/** The product's own entry points, with a clock that the demo can move. */
const doors = createEntryPoints(async (env) => ({ now: await createDemoClock(env.DB) }));

const app = new Hono<{ Bindings: DemoBindings }>();
type DemoContext = Context<{ Bindings: DemoBindings }>;

app.post("/demo/token", async (c) => {
  const input = tokenInput.parse(await c.req.json());
  const now = await createDemoClock(c.env.DB);
  return c.json({ token: await signToken(c.env, input, now()) });
});

app.get("/demo/clock", async (c) => c.json(await toClockView(c)));

app.post("/demo/clock", async (c) => {
  const { advance: byMs } = clockAdvanceInput.parse(await c.req.json());
  await advanceDemoClock(c.env.DB, byMs);
  await runTick(c);
  return c.json(await toClockView(c));
});

/**
 * Adds past weeks of emails, so that the office's figures are not empty. A repeated request adds
 * nothing.
 */
app.post("/demo/past", async (c) => {
  const now = (await createDemoClock(c.env.DB))();
  const fetch = async (request: Request) =>
    await doors.fetch(request, c.env, c.executionCtx as ExecutionContext);
  return c.json({ isNew: await addPastCampaigns({ env: c.env, now, fetch }) });
});

app.get("/demo/mailbox", (c) => c.env.ASSETS.fetch(new URL("/mailbox", c.req.url)));

app.get("/demo/mailbox/messages", async (c) => c.json({ messages: await listCapturedMails(c.env.DB) }));

app.get("/demo/mailbox/messages/:id", async (c) => {
  const mail = await findCapturedMail(c.env.DB, c.req.param("id"), c.env.PUBLIC_URL);
  return mail === null ? c.json({ error: "There is no such email." }, 404) : c.json(mail);
});

app.post("/demo/mailbox/messages/:id/actions", async (c) => {
  const action = mailActionInput.parse(await c.req.json());
  const mail = await findCapturedMail(c.env.DB, c.req.param("id"), c.env.PUBLIC_URL);
  if (mail === null) return c.json({ error: "There is no such email." }, 404);
  const now = (await createDemoClock(c.env.DB))();
  const made = await buildMailActionRequest(action, mail, { env: c.env, now, browser: getBrowserHeaders(c) });
  if ("refusal" in made) return c.json({ error: made.refusal }, 409);
  const answer = await doors.fetch(made.request, c.env, c.executionCtx as ExecutionContext);
  return c.json({ status: answer.status, location: answer.headers.get("location") });
});

app.onError((error, c) => {
  if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
  if (error instanceof SyntaxError) return c.json({ error: "The body must be JSON." }, 400);
  console.error(error);
  return c.json({ error: "The demo failed; its output says why." }, 500);
});

function getBrowserHeaders(c: DemoContext): Record<string, string> {
  const names = ["user-agent", "accept-language"];
  return Object.fromEntries(
    names.flatMap((name) => [[name, c.req.header(name)]]).filter(([, value]) => value),
  );
}

/** Runs the product's scheduled handler now, so that due emails leave at once. */
async function runTick(c: DemoContext): Promise<void> {
  const controller = { scheduledTime: Date.now(), cron: "* * * * *", noRetry: () => undefined };
  await doors.scheduled(controller, c.env);
}

async function toClockView({ env }: DemoContext): Promise<{ now: string }> {
  const now = await createDemoClock(env.DB);
  return { now: new Date(now()).toISOString() };
}

export default {
  ...doors,
  fetch: (request, env, ctx) =>
    new URL(request.url).pathname.startsWith("/demo/")
      ? app.fetch(request, env, ctx)
      : doors.fetch(request, env, ctx),
} satisfies ExportedHandler<DemoBindings>;
