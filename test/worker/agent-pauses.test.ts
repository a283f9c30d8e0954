import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, minute } from "../support/time.ts";
import {
  buildCampaignBody,
  buildOwners,
  createTemplate,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

/* Sam and Ann are agents of the office, and Lee leads the team. Sam and Ann launch campaigns. */
let app: App;

beforeEach(async () => {
  app = await openApp();
  for (const id of ["sam", "ann", "lee"]) {
    await bindings.DB.prepare("INSERT INTO agents (tenant_id, agent_id, name, seen_at) VALUES (1, ?, ?, ?)")
      .bind(id, `${id} Reed`, app.api.now())
      .run();
  }
});

const as = async (agentId: string) => ({
  token: await signToken({
    at: app.api.now(),
    role: agentId === "lee" ? "teamLead" : "agent",
    claims: { sub: agentId },
  }),
});
const press = async (action: "pause" | "resume", of = "sam", by = "lee") =>
  app.api.post(`/api/agents/${of}/${action}`, undefined, await as(by));
const sent = async () => (await listCapturedEmails()).length;
const readPerson = async (id = 0) => (await app.api.get(`/api/recipients/${id}`)).json;

/** Launches a campaign to two people as the agent. Returns the people's ids. */
async function launch(agentId: string, from = 0): Promise<number[]> {
  const templateId = await createTemplate(app.api);
  const recipients = buildOwners(from + 2).slice(from);
  const body = buildCampaignBody(templateId, {
    ...{ status: "active", recallSeconds: 0, propertyId: `p-${agentId}`, recipients },
    steps: [{ templateId }],
  });
  const { json, status, text } = await app.api.post("/api/campaigns", body, await as(agentId));
  expect(status, text).toBe(201);
  return await listRecipientIds(json.id);
}

describe("the pause of an agent", () => {
  test("holds the agent's due and queued emails and says why, and sends them after the resume", async () => {
    const [id] = await launch("sam");
    await app.tick();
    expect((await press("pause")).status).toBe(200);
    await app.deliver();
    app.api.advance(minute);
    await app.run();
    expect(await sent()).toBe(0);
    expect((await readPerson(id)).whyNotYet).toMatchObject({
      reason: "agentPaused",
      message: "sam Reed’s outreach is paused by lee Reed.",
    });
    await press("resume");
    await app.run();
    expect(await sent()).toBe(2);
  });

  test("is shown to a viewer, who may not end it", async () => {
    await press("pause");
    const viewer = { token: await signToken({ at: app.api.now(), role: "viewer" }) };
    const { items } = (await app.api.get("/api/agents", viewer)).json;
    expect(items.find(({ id }: { id: string }) => id === "sam")).toMatchObject({
      pausedBy: "lee Reed",
      mayPause: false,
    });
    expect((await app.api.post("/api/agents/sam/resume", undefined, viewer)).status).toBe(403);
  });

  test("does not hold a colleague's emails, although both agents use one sender", async () => {
    await launch("sam");
    await launch("ann", 2);
    await press("pause");
    await app.run();
    const { length } = await listCapturedEmails();
    expect(length).toBe(2);
    expect(await app.tick()).toEqual({ claimed: 0, enqueued: 0 });
  });

  test("that comes right before the call keeps the email from leaving", async () => {
    await launch("sam");
    await app.tick();
    const paused: Promise<unknown>[] = [];
    app.database.onSql = (sql) => {
      if (!sql.includes("INSERT INTO messages")) return;
      const flag = "UPDATE agents SET paused_at = 1, paused_by = 'lee' WHERE agent_id = 'sam'";
      paused.push(bindings.DB.prepare(flag).run());
    };
    await app.deliver();
    expect(paused.length).toBeGreaterThan(0);
    await Promise.all(paused);
    expect(await sent()).toBe(0);
  });

  test("holds a campaign that the agent launches meanwhile, until the resume", async () => {
    await press("pause");
    const [id] = await launch("sam");
    await app.run();
    app.api.advance(2 * hour);
    await app.run();
    expect(await sent()).toBe(0);
    expect((await readPerson(id)).whyNotYet.reason).toBe("agentPaused");
    await press("resume");
    await app.run();
    expect(await sent()).toBe(2);
  });

  test("of many days makes the emails late, so they wait for a confirmation", async () => {
    const [id] = await launch("sam");
    await press("pause");
    app.api.advance(10 * day);
    await press("resume");
    await app.run();
    expect(await sent()).toBe(0);
    expect((await readPerson(id)).whyNotYet.reason).toBe("tooLate");
  });

  test("pressed twice, and resumed twice, changes and records each once", async () => {
    await launch("sam");
    await Promise.all([press("pause"), press("pause")]);
    const { items } = (await press("pause", "sam", "sam")).json;
    expect(items).toContainEqual(
      expect.objectContaining({ id: "sam", pausedBy: "lee Reed", mayPause: false }),
    );
    await press("resume");
    await press("resume");
    expect((await listAuditedActions()).filter((action) => action.startsWith("agent."))).toEqual([
      "agent.paused",
      "agent.resumed",
    ]);
  });

  test("is for team leads, and for agents their own; an agent can't lift a team lead's pause", async () => {
    expect((await press("pause", "sam", "ann")).status).toBe(403);
    expect((await press("pause", "sam", "sam")).status).toBe(200);
    expect((await press("resume", "sam", "ann")).status).toBe(403);
    expect((await press("resume", "sam", "sam")).status).toBe(200);
    await press("pause");
    expect((await press("resume", "sam", "sam")).status).toBe(403);
    expect((await press("pause", "nobody")).status).toBe(404);
  });
});
