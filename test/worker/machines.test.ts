import PostalMime from "postal-mime";
import { beforeEach, describe, expect, test } from "vitest";
import type { StepConditions } from "../../shared/condition.ts";
import type { EventJob } from "../../worker/jobs.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import { day, minute } from "../support/time.ts";
import { createApi } from "../support/worker/api.ts";
import { createClock } from "../support/worker/clock.ts";
import { openEngine } from "../support/worker/engine.ts";
import { bindings, emptyDatabase, listCapturedEmails, readStepStats } from "../support/worker/world.ts";

/*
 * Tests how the engine treats mail filters that open emails and click links. The engine records the
 * opens and clicks of filters separately. These events do not stop a recipient or satisfy a
 * condition.
 */

const browser = { "user-agent": "Mozilla/5.0 (Macintosh) Safari/605", "accept-language": "en-US" };
const bodyHtml = ["roof", "garden", "cellar"].map(
  (page) => `<p><a href="https://a.example/${page}">${page}</a></p>`,
);
const ifClicked: StepConditions = { previousClicked: true, otherwise: "wait", waitDays: 10 };

/**
 * Sends the first email, which by default has three links. The second email is due three days
 * later, by default only if the recipient has clicked a link.
 */
async function sentWorld(conditions: StepConditions = ifClicked, body = bodyHtml.join("")) {
  const steps = [{ bodyHtml: body }, { delayDays: 3, conditions }];
  const clock = createClock();
  const api = createApi({ clock });
  const engine = await openEngine({ world: { steps }, clock });
  await engine.run();
  const [mail] = await listCapturedEmails();
  const { html = "" } = await PostalMime.parse(mail?.raw ?? "");
  const pathsIn = (shape: RegExp) =>
    [...html.matchAll(shape)].map(([, url = ""]) => new URL(url.replaceAll("&amp;", "&")).pathname);
  const [trap = ""] = pathsIn(/<a href="([^"]+)"[^>]*aria-hidden="true"/g);
  const [pixel = ""] = pathsIn(/<img src="([^"]+)"/g);
  const links = pathsIn(/<a href="([^"]+\/c\/[^"]+)"/g).filter((path) => path !== trap);
  const jobs: EventJob[] = [];
  return {
    api,
    html,
    text: (await PostalMime.parse(mail?.raw ?? "")).text ?? "",
    trap,
    pixel,
    links,
    run: engine.run,
    visit: (path: string, headers: Record<string, string> = browser, method = "GET") =>
      api.call(method, path, { token: null, headers }),
    /** Ingests the queued jobs one by one, in order or in reverse order. */
    async drain(isReversed = false) {
      jobs.push(...api.queue.take());
      const waiting = jobs.splice(0);
      for (const job of isReversed ? waiting.toReversed() : waiting) await ingestEvents(engine.ctx, job);
    },
    hear: (job: EventJob) => engine.hear(job.events),
    hearEvent: engine.hear,
  };
}
type World = Awaited<ReturnType<typeof sentWorld>>;

const sentSteps = async () => (await listCapturedEmails()).map(({ stepNumber }) => stepNumber);
const clicks = async () => {
  const { sent: _, ...figures } = await readStepStats(1);
  return figures;
};

/**
 * Follows every link of the email within a second, with a browser's headers, as a mail filter does.
 */
async function scan(world: World): Promise<void> {
  for (const link of world.links) await world.visit(link);
}

beforeEach(emptyDatabase);

describe("a scanner that clicks every link within seconds", () => {
  test.each([false, true])("starts no follow-up (reported in reverse: %s)", async (isReversed) => {
    const world = await sentWorld();
    world.api.refuseWrites(isReversed);
    world.api.advance(3 * day + minute);
    await world.run();
    await scan(world);
    await world.drain(isReversed);
    for (const waited of [0, minute, day]) {
      world.api.advance(waited);
      await world.run();
    }
    expect(await sentSteps()).toEqual([1]);
    expect(await clicks()).toEqual({ machineClicked: 1 });
  });

  test("starts no follow-up if its clicks arrive one by one while the step is being checked", async () => {
    const world = await sentWorld();
    world.api.advance(3 * day + minute);
    for (const link of world.links) {
      await world.visit(link);
      await world.drain();
      await world.run();
    }
    world.api.advance(minute);
    await world.run();
    expect(await sentSteps()).toEqual([1]);
  });

  test("does not cause a skip for recipients who did not click", async () => {
    const world = await sentWorld({ previousClicked: false });
    await scan(world);
    await world.drain();
    world.api.advance(3 * day + minute);
    await world.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test("is recognized even if its links differ only at the end", async () => {
    const long = `https://a.example/homes/${"a-quiet-street-".repeat(14)}`;
    const photos = [1, 2, 3, 4].map((photo) => `<p><a href="${long}?photo=${photo}">${photo}</a></p>`);
    const world = await sentWorld(ifClicked, photos.join(""));
    expect(world.links).toHaveLength(4);
    await scan(world);
    await world.drain();
    const { results } = await bindings.DB.prepare(
      "SELECT data->>'url' AS url FROM events WHERE kind = 'clicked' AND is_machine = 0",
    ).all();
    expect(results).toHaveLength(4);
    expect(await clicks()).toEqual({ machineClicked: 1 });
    world.api.advance(3 * day + minute);
    await world.run();
    expect(await sentSteps()).toEqual([1]);
  });

  test("does not hide a later click by the person", async () => {
    const world = await sentWorld();
    await scan(world);
    await world.drain();
    world.api.advance(10 * minute);
    await world.visit(world.links[0] ?? "");
    await world.drain();
    expect(await clicks()).toEqual({ clicked: 1, machineClicked: 1 });
    world.api.advance(3 * day + minute);
    await world.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test("does not hide a later click for which a waiting step waits", async () => {
    const world = await sentWorld();
    world.api.advance(3 * day + minute);
    await world.run();
    await scan(world);
    await world.drain();
    world.api.advance(10 * minute);
    await world.run();
    await world.visit(world.links[0] ?? "");
    await world.drain();
    await world.run();
    expect(await sentSteps()).toEqual([1]);
    world.api.advance(minute);
    await world.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test("is stored as a machine with the sign that revealed it", async () => {
    const world = await sentWorld();
    await scan(world);
    await world.drain();
    const { results } = await bindings.DB.prepare(
      "SELECT is_machine AS isMachine, data->>'machineSign' AS sign FROM events ORDER BY is_machine, dedupe_key",
    ).all();
    expect(results).toEqual([
      ...Array(3).fill({ isMachine: 0, sign: null }),
      ...Array(3).fill({ isMachine: 1, sign: "burst" }),
    ]);
  });

  test("is counted once, even if it is detected twice", async () => {
    const world = await sentWorld();
    world.api.refuseWrites(true);
    await scan(world);
    const jobs = world.api.queue.take();
    expect(jobs).toHaveLength(world.links.length);
    for (const job of [...jobs, ...jobs.toReversed()]) await world.hear(job);
    expect(await clicks()).toEqual({ machineClicked: 1 });
  });
});

describe("the hidden link that catches scanners", () => {
  test("is in the HTML once, hidden from every reader, and not in the text", async () => {
    const { html, trap, text } = await sentWorld();
    expect(html.match(/aria-hidden="true"/g)).toHaveLength(1);
    expect(html).toMatch(
      /<a [^>]*rel="nofollow" aria-hidden="true" tabindex="-1" style="display:none"><\/a>/,
    );
    expect(trap).toMatch(/^\/c\/[\w-]{39}$/);
    expect(text).not.toContain(trap);
  });

  test("is left out of an email without links", async () => {
    const engine = await openEngine({ world: { steps: [{ bodyHtml: "<p>Hi</p>" }] } });
    await engine.run();
    const [mail] = await listCapturedEmails();
    expect((await PostalMime.parse(mail?.raw ?? "")).html).not.toContain("/c/");
  });

  test("leads nowhere, and marks the click and the open that came with it as a machine's", async () => {
    const world = await sentWorld();
    await world.visit(world.pixel);
    await world.visit(world.links[1] ?? "");
    world.api.advance(5000);
    const answer = await world.visit(world.trap);
    expect([answer.status, answer.headers.get("location"), answer.text]).toEqual([204, null, ""]);
    await world.drain();
    expect(await clicks()).toEqual({ machineClicked: 1, machineOpened: 1 });
  });

  test("does not count with a HEAD request or an altered token", async () => {
    const world = await sentWorld();
    expect((await world.visit(world.trap, browser, "HEAD")).status).toBe(204);
    expect((await world.visit(`${world.trap}A`)).status).toBe(404);
    expect(world.api.queue.take()).toEqual([]);
  });
});

describe("a person", () => {
  test.each([
    ["asks not to be tracked", { dnt: "1", "sec-gpc": "1" }],
    ["sits behind a proxy", { via: "1.1 office", "x-forwarded-for": "10.0.0.1" }],
  ])("who %s still counts as having clicked", async (_name, headers) => {
    const world = await sentWorld();
    world.api.advance(minute);
    await world.visit(world.links[0] ?? "", { ...browser, ...headers });
    await world.drain();
    expect(await clicks()).toEqual({ clicked: 1 });
    world.api.advance(3 * day);
    await world.run();
    expect(await sentSteps()).toEqual([1, 2]);
  });

  test.each([20_000, 0, -10_000])(
    "who clicks is counted, even if the service dates the delivery %i ms after the click",
    async (aheadMs) => {
      const world = await sentWorld();
      world.api.advance(20_000);
      await world.visit(world.links[0] ?? "");
      await world.drain();
      const occurredAt = world.api.now() + aheadMs;
      await world.hearEvent({ kind: "delivered", dedupeKey: "d", occurredAt });
      expect(await clicks()).toMatchObject({ clicked: 1 });
      world.api.advance(3 * day);
      await world.run();
      expect(await sentSteps()).toEqual([1, 2]);
    },
  );

  test("is not confused with a scanner that follows the same link in the same minute", async () => {
    const world = await sentWorld();
    const [link = ""] = world.links;
    await world.visit(link, { ...browser, "cf-connecting-ip": "40.107.22.87" });
    await world.visit(link);
    await world.drain();
    expect(await clicks()).toEqual({ clicked: 1, machineClicked: 1 });
  });

  test("has no IP address stored", async () => {
    const world = await sentWorld();
    for (const path of [world.pixel, world.links[0] ?? ""]) {
      await world.visit(path, { ...browser, "cf-connecting-ip": "203.0.113.77" });
    }
    await world.drain();
    const { results } = await bindings.DB.prepare("SELECT * FROM events").all();
    expect(results).toHaveLength(2);
    expect(JSON.stringify(results)).not.toContain("203.0.113.77");
  });
});
