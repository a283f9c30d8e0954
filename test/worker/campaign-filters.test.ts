import { beforeEach, describe, expect, test } from "vitest";
import {
  type Api,
  buildCampaignBody,
  createApi,
  createTemplate,
  createTenant,
  signToken,
} from "../support/worker/api.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

let api: Api;
let templateId = 0;

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  api = createApi();
  templateId = await createTemplate(api);
});

/** Creates a draft as the agent. Returns the draft's id. */
async function create(agentId: string, body: Record<string, unknown> = {}): Promise<number> {
  const token = await signToken({ claims: { sub: agentId } });
  const { status, text, json } = await api.post("/api/campaigns", buildCampaignBody(templateId, body), {
    token,
  });
  expect(status, text).toBe(201);
  return json.id;
}
const list = async (query: string, prop: unknown = "*"): Promise<number[]> =>
  (await api.get(`/api/campaigns?${query}`, { token: await signToken({ prop }) })).json.items.map(
    ({ id }: { id: number }) => id,
  );

describe("the list of campaigns", () => {
  test("can be narrowed to an agent, a property and a state, together with what the token may see", async () => {
    const ann = await create("ann", { propertyId: "p-1" });
    const annElsewhere = await create("ann", { propertyId: "p-2" });
    const sam = await create("sam", { propertyId: "p-1" });
    expect(await list("createdBy=ann")).toEqual([annElsewhere, ann]);
    expect(await list("createdBy=ann&propertyId=p-1&status=draft")).toEqual([ann]);
    expect(await list("createdBy=ann&status=active")).toEqual([]);
    expect(await list("propertyId=p-1")).toEqual([sam, ann]);
    expect(await list("createdBy=ann", ["p-2"])).toEqual([annElsewhere]);
    expect(await list("createdBy=nobody")).toEqual([]);
  });

  test("can be narrowed to the sequence that the campaigns were made from", async () => {
    await create("ann");
    const id = await create("ann");
    await bindings.DB.prepare("UPDATE campaigns SET sequence_id = 'fsbo' WHERE id = ?").bind(id).run();
    expect(await list("sequenceId=fsbo")).toEqual([id]);
    expect(await list("sequenceId=12")).toEqual([]);
  });

  test.each(["sort=name", "sequenceId=drop%20table", "createdBy=", "status=gone"])(
    "refuses %s",
    async (query) => {
      expect((await api.get(`/api/campaigns?${query}`)).status).toBe(400);
    },
  );

  test("of one agent is found by an index", async () => {
    const plan = await bindings.DB.prepare(
      "EXPLAIN QUERY PLAN SELECT id FROM campaigns WHERE tenant_id = 1 AND created_by = 'ann' AND id < 9 ORDER BY id DESC LIMIT 50",
    ).all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail).join()).toContain("campaigns_agent");
  });
});
