import { beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../../worker/context.ts";
import { createLinkSigner, type EmailLink } from "../../worker/mail/link-signer.ts";
import { ingestEvents } from "../../worker/receive/ingest.ts";
import {
  type Api,
  createApi,
  createLaunchedCampaign,
  createTenant,
  dumpTables,
  exampleOwner,
  listRecipientIds,
  readRow,
} from "../support/worker/api.ts";
import { testStartAt } from "../support/worker/clock.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/* Tests the links in an email: the tracking pixel, the tracked links, and the unsubscribe link. */

let api: Api;
let recipientId = 0;
let campaignId = 0;
const browser = { "user-agent": "Mozilla/5.0 (Macintosh) Safari/605", "accept-language": "en-US" };

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
  campaignId = (await createLaunchedCampaign(api)).id;
  [recipientId = 0] = await listRecipientIds(campaignId);
});

async function token(kind: "open" | "unsubscribe"): Promise<string>;
async function token(kind: "click", url: string): Promise<string>;
async function token(kind: EmailLink["kind"], url = ""): Promise<string> {
  const key = Uint8Array.from(atob(bindings.LINK_KEY), (char) => char.charCodeAt(0));
  const reference = { tenantId: 1, recipientId, stepNumber: 1 };
  return (await createLinkSigner([key])).signLink(
    kind === "click"
      ? { kind, reference, url }
      : kind === "unsubscribe"
        ? { kind, reference, email: exampleOwner.email }
        : { kind, reference },
  );
}

const visit = (method: string, path: string, headers: Record<string, string> = browser) =>
  api.call(method, path, { token: null, headers });

async function recorded() {
  const ctx = createContext(bindings, { now: () => testStartAt });
  for (const job of api.queue.take()) await ingestEvents(ctx, job);
  const { results } = await bindings.DB.prepare(
    "SELECT kind, is_machine AS isMachine FROM events WHERE recipient_id = ? ORDER BY kind, is_machine",
  )
    .bind(recipientId)
    .all();
  return results;
}

describe("the open pixel", () => {
  test("is an image for every token, and only a valid token counts as an open", async () => {
    const good = await token("open");
    for (const name of [good, "nonsense", `${good}x`, await token("unsubscribe")]) {
      const answer = await visit("GET", `/o/${name}.gif`);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/gif"]);
      expect(answer.headers.get("cache-control")).toContain("no-store");
    }
    expect(await recorded()).toEqual([{ kind: "opened", isMachine: 0 }]);
  });

  test("counts neither a HEAD request nor a second load", async () => {
    const path = `/o/${await token("open")}.gif`;
    await visit("HEAD", path);
    expect(await recorded()).toEqual([]);
    await visit("GET", path);
    await visit("GET", path);
    expect(await recorded()).toHaveLength(1);
  });

  test.each(["", "Mozilla/5.0", "curl/8.0", "Barracuda Sentinel"])(
    "recognizes a machine: %s",
    async (agent) => {
      await visit("GET", `/o/${await token("open")}.gif`, agent === "" ? {} : { "user-agent": agent });
      expect(await recorded()).toEqual([{ kind: "opened", isMachine: 1 }]);
    },
  );

  test("counts an open even if the queue is down", async () => {
    api.breakQueue(true);
    await visit("GET", `/o/${await token("open")}.gif`);
    expect(await recorded()).toHaveLength(1);
  });
});

describe("a tracked link", () => {
  const url = "https://example.com/report?a=1&b=%20#top";

  test("redirects to its signed address, without a referrer", async () => {
    const answer = await visit("GET", `/c/${await token("click", url)}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, url]);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await recorded()).toEqual([{ kind: "clicked", isMachine: 0 }]);
  });

  test("redirects nowhere if it was altered", async () => {
    const good = await token("click", url);
    for (const bad of [
      `${good}x`,
      good.slice(0, -3),
      "nonsense",
      await token("open"),
      "%ff",
      "https:%2F%2Fevil.example",
    ]) {
      const answer = await visit("GET", `/c/${bad}`);
      expect([answer.status, answer.headers.get("location")]).toEqual([404, null]);
    }
    expect(await recorded()).toEqual([]);
  });

  test("does not count a HEAD request, and counts a machine's click apart from a person's", async () => {
    const path = `/c/${await token("click", url)}`;
    expect((await visit("HEAD", path)).headers.get("location")).toBe(url);
    expect(await recorded()).toEqual([]);
    await visit("GET", path, { "user-agent": browser["user-agent"] });
    expect(await recorded()).toEqual([{ kind: "clicked", isMachine: 1 }]);
  });
});

describe("the unsubscribe link", () => {
  const form = { ...browser, "content-type": "application/x-www-form-urlencoded" };
  const leave = async (
    path: string,
    headers: Record<string, string> = form,
    raw: BodyInit = "List-Unsubscribe=One-Click",
  ) => api.call("POST", path, { token: null, headers, raw });

  test("asks for confirmation first, and opening it changes nothing", async () => {
    const path = `/u/${await token("unsubscribe")}`;
    const before = await dumpTables();
    for (const method of ["GET", "HEAD", "GET"]) expect((await visit(method, path)).status).toBe(200);
    const { text } = await visit("GET", path);
    expect(text).toContain('<form method="post">');
    expect(text).not.toContain(exampleOwner.email);
    expect(await dumpTables()).toBe(before);
  });

  test("opts the person out with one POST, and a second POST changes nothing more", async () => {
    const path = `/u/${await token("unsubscribe")}`;
    for (const _ of [1, 2]) {
      const answer = await leave(path);
      expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
    }
    expect(await recorded()).toEqual([{ kind: "unsubscribed", isMachine: 0 }]);
    expect(await readRow("campaign_recipients", recipientId)).toMatchObject({
      status: "stopped",
      stop_reason: "unsubscribed",
      due_at: null,
    });
    const suppressed = await bindings.DB.prepare("SELECT email, reason FROM suppressions").all();
    expect(suppressed.results).toEqual([{ email: exampleOwner.email, reason: "unsubscribed" }]);
    const again = { recipients: [exampleOwner] };
    await bindings.DB.prepare("UPDATE campaigns SET status = 'active'").run();
    const { json } = await api.post(`/api/campaigns/${campaignId}/recipients`, again);
    expect(json.error.fields).toEqual({ "recipients.0.email": json.error.message });
    expect(json.error.reason).toMatchObject({ code: "personRefused", kind: "unsubscribed" });
  });

  test("accepts a multipart form, as RFC 8058 requires", async () => {
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    expect((await leave(`/u/${await token("unsubscribe")}`, browser, body)).status).toBe(200);
    expect(await recorded()).toHaveLength(1);
  });

  test.each([
    ["nothing", form, ""],
    ["something else", form, "List-Unsubscribe=Maybe"],
    ["JSON", { "content-type": "application/json" }, '{"List-Unsubscribe":"One-Click"}'],
    ["a broken form", { "content-type": "multipart/form-data; boundary=x" }, "--y"],
  ])("does not accept %s as an opt-out", async (_name, headers, raw) => {
    const before = await dumpTables();
    expect((await leave(`/u/${await token("unsubscribe")}`, headers, raw)).status).toBe(400);
    expect(await dumpTables()).toBe(before);
  });

  test("is valid for one recipient only", async () => {
    const before = await dumpTables();
    for (const bad of ["nonsense", await token("open"), `${await token("unsubscribe")}A`]) {
      expect((await visit("GET", `/u/${bad}`)).status).toBe(404);
      expect((await leave(`/u/${bad}`)).status).toBe(404);
    }
    expect(await dumpTables()).toBe(before);
  });
});
