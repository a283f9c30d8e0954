import { beforeEach, describe, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import {
  type Api,
  buildCampaignBody,
  createApi,
  createTemplate,
  createTenant,
  exampleOwner,
  signToken,
} from "../support/worker/api.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let isolate = 0;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
  // Each test has a new agent, because the running Worker remembers the agents that it has
  // recorded.
  isolate += 1;
});

const getAgentId = () => `agent-of-test-${isolate}`;

const sign = (claims: Record<string, unknown>, options: { tenantId?: number; at?: number } = {}) =>
  signToken({ ...options, claims: { sub: getAgentId(), ...claims } });

async function readAgents() {
  const { results } = await bindings.DB.prepare(
    "SELECT tenant_id, agent_id, name, email, team, seen_at FROM agents ORDER BY tenant_id",
  ).all();
  return results;
}

describe("a token with the agent's name", () => {
  test("puts the name on the campaigns that the agent creates", async () => {
    const token = await sign({ name: "Alex Morgan" });
    const created = await api.post(
      "/api/campaigns",
      buildCampaignBody(await createTemplate(api), { recipients: [exampleOwner] }),
      { token },
    );
    expect(created.json.createdBy).toEqual({ id: getAgentId(), name: "Alex Morgan" });
    const list = await api.get("/api/campaigns");
    expect(list.json.items[0].createdBy).toEqual({ id: getAgentId(), name: "Alex Morgan" });
  });

  test("is recorded once a day, and again when one of its claims changes", async () => {
    const first = await sign({ name: "Alex Morgan", email: "Alex@Example.com", team: "Downtown" });
    await api.get("/api/campaigns", { token: first });
    const [recorded] = await readAgents();
    expect(recorded).toMatchObject({ name: "Alex Morgan", email: "alex@example.com", team: "Downtown" });

    api.advance(minute);
    await api.get("/api/campaigns", { token: first });
    expect(await readAgents()).toEqual([recorded]);

    const married = await sign({ name: "Alex Reyes" }, { at: api.now() });
    await api.get("/api/campaigns", { token: married });
    // A token without an email does not change the email from an earlier token.
    expect(await readAgents()).toMatchObject([{ name: "Alex Reyes", email: "alex@example.com" }]);

    api.advance(day);
    await api.get("/api/campaigns", { token: await sign({ name: "Alex Reyes" }, { at: api.now() }) });
    expect(await readAgents()).toMatchObject([{ seen_at: api.now() }]);
  });

  test("names an agent only within the tenant", async () => {
    await api.get("/api/campaigns", { token: await sign({ name: "Alex of One" }) });
    await api.get("/api/campaigns", { token: await sign({ name: "Alex of Two" }, { tenantId: 2 }) });
    expect(await readAgents()).toMatchObject([
      { tenant_id: 1, name: "Alex of One" },
      { tenant_id: 2, name: "Alex of Two" },
    ]);
    const body = buildCampaignBody(await createTemplate(api));
    const { json } = await api.post("/api/campaigns", body, { token: await sign({}) });
    expect(json.createdBy).toEqual({ id: getAgentId(), name: "Alex of One" });
  });

  test.each([
    ["a number", 7],
    ["a text that is too long", "a".repeat(201)],
    ["a text of two lines", "Alex\r\nBcc: all"],
  ])("is accepted with %s as its name, but no name is recorded", async (_, name) => {
    const answer = await api.get("/api/campaigns", { token: await sign({ name }) });
    expect(answer.status).toBe(200);
    expect(await readAgents()).toEqual([]);
  });
});
