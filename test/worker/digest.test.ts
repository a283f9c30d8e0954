import { beforeEach, describe, expect, test } from "vitest";
import { planNextDigestAt, writeDigest } from "../../worker/domain/digest.ts";
import { day, hour, minute } from "../support/time.ts";
import { buildLaunchBody, createTemplate, listRecipientIds, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});

const as = async (agentId: string, role = "agent", more: object = {}) => ({
  token: await signToken({
    role,
    at: app.api.now(),
    claims: { sub: agentId, email: `${agentId}@brokerage-1.example`, name: "Ann" },
    ...more,
  }),
});
const put = async (agentId: string, body: object, role = "agent", more: object = {}) =>
  app.api.put("/api/digest", body, await as(agentId, role, more));

/** Launches a campaign as the agent. The campaign's only recipient replies. */
async function receiveReply(agentId: string, email: string) {
  const templateId = await createTemplate(app.api);
  const body = buildLaunchBody(templateId, {
    recipients: [
      { email, fullName: "Olivia Owner", propertyId: email, property: { streetAddress: "9 Elm St" } },
    ],
    recallSeconds: 0,
  });
  const { json } = await app.api.post("/api/campaigns", body, await as(agentId));
  await app.run();
  const [id] = await listRecipientIds(json.id);
  await bindings.DB.prepare(
    "INSERT INTO reply_threads (recipient_id, tenant_id, replied_at, waiting_since, assigned_to) VALUES (?1, 1, ?2, ?2, ?3)",
  )
    .bind(id, app.api.now(), agentId)
    .run();
}

async function runUntilTomorrow() {
  for (let passed = 0; passed < 25; passed += 1) {
    app.api.advance(hour);
    await app.run();
  }
}
const listDigests = async () =>
  (await listCapturedEmails()).filter(({ subject }) => subject.startsWith("Waiting for you"));

describe("the digest of an agent", () => {
  test("goes once a day to the address of the token, with the agent's own work only", async () => {
    await receiveReply("ann", "olivia@example.com");
    await receiveReply("bob", "peter@example.com");
    expect((await put("ann", { cadence: "daily" })).json).toEqual({
      cadence: "daily",
      reach: "mine",
      email: "ann@brokerage-1.example",
    });
    await runUntilTomorrow();
    const digests = await listDigests();
    expect(digests).toMatchObject([
      { toEmail: "ann@brokerage-1.example", subject: "Waiting for you: 1 reply" },
    ]);
    expect(digests[0]?.raw).toContain("Olivia Owner: 9 Elm St");
    expect(digests[0]?.raw).toContain("Auto-Submitted: auto-generated");
    expect(digests[0]?.raw).not.toContain("List-Unsubscribe");
  });

  test("of the whole office is for team leads", async () => {
    await receiveReply("ann", "olivia@example.com");
    await receiveReply("bob", "peter@example.com");
    expect((await put("ann", { cadence: "daily", reach: "office" })).status).toBe(403);
    await put("lead", { cadence: "daily", reach: "office" }, "teamLead");
    await runUntilTomorrow();
    expect(await listDigests()).toMatchObject([{ subject: "Waiting for you: 2 replies" }]);
  });

  test("does not go if nothing waits, and not after it was switched off", async () => {
    await put("ann", { cadence: "daily" });
    await runUntilTomorrow();
    expect(await listDigests()).toEqual([]);
    await receiveReply("ann", "olivia@example.com");
    expect((await put("ann", { cadence: "off" })).json.cadence).toBe("off");
    await runUntilTomorrow();
    expect(await listDigests()).toEqual([]);
  });

  test("goes once although two ticks run at the same time", async () => {
    await receiveReply("ann", "olivia@example.com");
    await put("ann", { cadence: "daily" });
    app.api.advance(day);
    await Promise.all([app.run(), app.run()]);
    expect(await listDigests()).toHaveLength(1);
  });

  test("is refused without an address in the token, and for a token of one property", async () => {
    const token = await signToken({ at: app.api.now(), claims: { sub: "eve" } });
    expect((await app.api.put("/api/digest", { cadence: "daily" }, { token })).status).toBe(409);
    expect((await put("ann", { cadence: "daily" }, "agent", { prop: ["p-1"] })).status).toBe(403);
    expect((await put("ann", { cadence: "hourly" })).json.error.fields).toHaveProperty("cadence");
  });
});

describe("the time of a digest", () => {
  const zone = "America/New_York";
  const at = (iso: string) => Date.parse(iso);

  test("is 7 AM of the office's clock, also across a change of the clock", () => {
    expect(planNextDigestAt(at("2025-10-06T10:59:00Z"), "daily", zone)).toBe(at("2025-10-06T11:00:00Z"));
    expect(planNextDigestAt(at("2025-10-06T11:00:00Z"), "daily", zone)).toBe(at("2025-10-07T11:00:00Z"));
    expect(planNextDigestAt(at("2025-11-02T20:00:00Z"), "daily", zone)).toBe(at("2025-11-03T12:00:00Z"));
  });

  test("is on Monday for a weekly digest", () => {
    expect(planNextDigestAt(at("2025-10-06T11:00:00Z") + minute, "weekly", zone)).toBe(
      at("2025-10-13T11:00:00Z"),
    );
    expect(planNextDigestAt(at("2025-10-04T11:00:00Z"), "weekly", zone)).toBe(at("2025-10-06T11:00:00Z"));
  });
});

test("a digest names eight items of a kind and counts the rest", () => {
  const replies = Array.from({ length: 12 }, (_, index) => ({ title: `Owner ${index}`, detail: "" }));
  const digest = writeDigest({ replies, tasks: [], held: [] }, "Brokerage");
  expect(digest?.subject).toBe("Waiting for you: 12 replies");
  expect(digest?.text).toContain("- Owner 7\n- and 4 more");
  expect(digest?.text).not.toContain("Owner 8");
});
