import Papa from "papaparse";
import { beforeEach, describe, expect, test } from "vitest";
import { filterableOutcomes } from "../../shared/vocabulary.ts";
import { createScope, openDatabase } from "../../worker/db/scope.ts";
import { loadRecipientList } from "../../worker/http/recipient-list.ts";
import {
  buildOwners,
  createLaunchedCampaign,
  createTenant,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const read = async (id: number, query = "", token?: string) =>
  app.api.get(`/api/campaigns/${id}/export.csv${query}`, token === undefined ? {} : { token });

const parse = (text: string) =>
  Papa.parse<Record<string, string>>(text.trim(), { header: true, newline: "\r\n" }).data;

describe("the CSV export of a campaign", () => {
  test("has one line for each recipient, with state, outcome and dates", async () => {
    const recipients = [
      { email: "one@example.com", fullName: "One Owner", propertyId: "p-1" },
      { email: null, fullName: "Two Owner", propertyId: "p-1" },
    ];
    const { id } = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients });
    await app.run();
    const answer = await read(id);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="campaign-${id}.csv"`);
    const [one, two] = parse(answer.text);
    expect(one).toMatchObject({ name: "One Owner", status: "active", outcome: "sent", nextStep: "2" });
    expect(Date.parse(one?.lastSentAt ?? "")).toBeGreaterThan(0);
    expect(two).toMatchObject({ email: "", status: "waitingForEmail", lastSentAt: "", stopReason: "" });
  });

  test("has every recipient of a campaign that is longer than a page", async () => {
    const { id } = await createLaunchedCampaign(app.api, { recipients: buildOwners(450) });
    const rows = parse((await read(id)).text);
    expect(new Set(rows.map(({ email }) => email)).size).toBe(450);
  });

  test("has no cell that a spreadsheet runs as a formula", async () => {
    const recipients = [{ email: "one@example.com", fullName: "=HYPERLINK(1)" }];
    const { id } = await createLaunchedCampaign(app.api, { recipients });
    expect((await read(id)).text).toContain("'=HYPERLINK(1)");
  });

  test("can be filtered by status, and an unknown status is refused with its field", async () => {
    const recipients = [...buildOwners(1), { email: null, fullName: "Two Owner" }];
    const { id } = await createLaunchedCampaign(app.api, { recipients });
    expect(parse((await read(id, "?status=waitingForEmail")).text)).toHaveLength(1);
    const refused = await read(id, "?status=gone");
    expect(refused.status).toBe(400);
    expect(refused.json.error.fields).toHaveProperty("status");
  });

  test("is answered with 404 for another property or another tenant", async () => {
    await createTenant(2);
    const { id } = await createLaunchedCampaign(app.api);
    const at = app.api.now();
    expect((await read(id, "", await signToken({ prop: ["p-2"], at }))).status).toBe(404);
    expect((await read(id, "", await signToken({ tenantId: 2, at }))).status).toBe(404);
  });
});

describe("the list of a campaign's recipients", () => {
  const list = async (id: number, query: string) =>
    app.api.get(`/api/campaigns/${id}/recipients?${new URLSearchParams(query)}`);
  const names = async (id: number, query: string): Promise<string[]> =>
    (await list(id, query)).json.items.map(({ name }: { name: string }) => name);
  const launch = async () => {
    const recipients = [
      { email: "maria@oak-house.example", fullName: "María Ortiz" },
      { email: "o_neil@example.com", fullName: "Pat O'Neil" },
      { email: null, fullName: "Pat Percent%" },
    ];
    return (await createLaunchedCampaign(app.api, { recipients })).id as number;
  };

  test("can be searched by a part of the name or the address, in either case", async () => {
    const id = await launch();
    expect(await names(id, "q=PAT")).toEqual(["Pat O'Neil", "Pat Percent%"]);
    expect(await names(id, "q=Oak-House")).toEqual(["María Ortiz"]);
    expect(await names(id, "q=María")).toEqual(["María Ortiz"]);
    expect(await names(id, "q=nobody")).toEqual([]);
  });

  test("treats no character of a search as a wildcard", async () => {
    const id = await launch();
    expect(await names(id, new URLSearchParams({ q: "%" }).toString())).toEqual(["Pat Percent%"]);
    expect(await names(id, "q=_")).toEqual(["Pat O'Neil"]);
  });

  test("can be searched within a status, also in the export", async () => {
    const id = await launch();
    expect(await names(id, "q=pat&status=waitingForEmail")).toEqual(["Pat Percent%"]);
    expect(parse((await read(id, "?q=pat&status=active")).text).map(({ name }) => name)).toEqual([
      "Pat O'Neil",
    ]);
  });

  test.each([
    ["q", `q=${"x".repeat(101)}`],
    ["opened", "opened=yes"],
    ["outcome", "outcome=gone"],
    ["sort", "sort=age"],
    ["q", "ids=1&q=pat"],
  ])("is refused with the field %s", async (field, query) => {
    const answer = await list(await launch(), query);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.json.error.fields ?? {}).join() + answer.json.error.message).toContain(field);
  });
});

describe("a list that is filtered, sorted or counted", () => {
  const list = async (id: number, query: string) =>
    (await app.api.get(`/api/campaigns/${id}/recipients?${query}`)).json;
  const names = async (id: number, query: string): Promise<string[]> =>
    (await list(id, query)).items.map(({ name }: { name: string }) => name);
  const record = async (recipientId: number, kind: string, isMachine = 0) =>
    await bindings.DB.prepare(
      `INSERT INTO events (recipient_id, step_number, kind, is_machine, dedupe_key, tenant_id, occurred_at, received_at, batch_id)
       VALUES (?, 1, ?, ?, 'key', 1, ?, ?, 1)`,
    )
      .bind(recipientId, kind, isMachine, app.api.now(), app.api.now())
      .run();
  const launch = async (count: number) => {
    const { id } = await createLaunchedCampaign(app.api, {
      recallSeconds: 0,
      recipients: buildOwners(count),
    });
    return { id: id as number, ids: await listRecipientIds(id) };
  };

  test("has the outcome that the list shows, for every kind of event", async () => {
    const { id, ids } = await launch(9);
    await app.run();
    const kinds = [
      "accepted",
      "delivered",
      "opened",
      "clicked",
      "bounced",
      "replied",
      "unsubscribed",
      "complained",
    ];
    for (const [index, kind] of kinds.entries()) await record(ids[index] ?? 0, kind);
    await record(ids[8] ?? 0, "opened");
    await record(ids[8] ?? 0, "opened", 1);
    const { items, overview } = await list(id, "overview=true");
    for (const outcome of filterableOutcomes.slice(1)) {
      const shown = items.filter((item: { outcome: string }) => item.outcome === outcome);
      expect(await names(id, `outcome=${outcome}`)).toEqual(shown.map(({ name }: { name: string }) => name));
      expect(overview.outcomes[outcome]).toBe(shown.length);
    }
    expect(overview).toMatchObject({
      total: 9,
      people: 9,
      outcomes: { sent: 2, unsubscribed: 1, complained: 1, opened: 1 },
    });
  });

  test("counts an answer as what an agent has called it", async () => {
    const { id, ids } = await launch(2);
    await app.run();
    for (const one of ids) await record(one, "replied");
    const read = async (recipientId: number | undefined, kind: string) =>
      await bindings.DB.prepare(
        `INSERT INTO reply_readings (recipient_id, step_number, dedupe_key, tenant_id, kind) VALUES (?, 1, 'key', 1, ?)`,
      )
        .bind(recipientId, kind)
        .run();
    await read(ids[0], "autoReplied");
    await read(ids[1], "unsubscribed");
    expect(await names(id, "outcome=replied")).toEqual([]);
    expect(await names(id, "outcome=unsubscribed")).toEqual(["Owner 1"]);
    expect(await names(id, "outcome=sent")).toEqual(["Owner 0"]);
  });

  test("reads at most two rows for each recipient of the campaign", async () => {
    const { id, ids } = await launch(300);
    await app.run();
    for (const [index, one] of ids.entries()) {
      await record(one, "delivered");
      if (index % 2 === 0) await record(one, "opened");
      if (index % 5 === 0) await record(one, "replied");
    }
    const { d1, cost } = meterDatabase(bindings.DB);
    const desk = { scope: createScope(openDatabase(d1), 1), ctx: { now: () => app.api.now() } as never };
    for (const filter of [
      { q: "nobody" },
      { outcome: "opened" as const },
      { heldReason: "snoozed" as const },
    ]) {
      const before = cost.rowsRead;
      const request = { filter, sort: "-activity" as const, properties: null, countsOutcomes: true };
      const { all } = await loadRecipientList(desk, { id, status: "active" }, request);
      expect(all).toHaveLength(300);
      expect(cost.rowsRead - before).toBeLessThanOrEqual(2 * 300 + 10);
    }
  });

  test("is sorted in either direction, with equal and missing values last and in order", async () => {
    const people = ["Zoe", "Ángel", "ben", "Ben"].map((fullName, index) => ({
      ...{ fullName, email: index === 0 ? null : `sorted-${index}@example.com` },
    }));
    const { id } = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients: people });
    expect(await names(id, "sort=name")).toEqual(["Ángel", "ben", "Ben", "Zoe"]);
    expect(await names(id, "sort=-name")).toEqual(["Zoe", "ben", "Ben", "Ángel"]);
    expect(await names(id, "sort=-added")).toEqual(["Ben", "ben", "Ángel", "Zoe"]);
    expect((await names(id, "sort=next")).at(-1)).toBe("Zoe");
    expect((await names(id, "sort=-next")).at(-1)).toBe("Zoe");
  });

  test.each(["added", "-added", "name", "-name", "next", "-next", "activity", "-activity"])(
    "is paged without gaps or repetitions, sorted by %s",
    async (sort) => {
      const { id, ids } = await launch(23);
      await app.run();
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { id: number }[]; nextCursor: string | null } = await list(
          id,
          new URLSearchParams({ sort, limit: "5", q: "owner", ...(cursor && { cursor }) }).toString(),
        );
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toHaveLength(23);
      expect(new Set(seen)).toEqual(new Set(ids));
      expect((await list(id, `sort=${sort}&overview=true`)).overview.ids).toEqual(seen);
    },
  );

  test("says why people wait, and filters by it", async () => {
    const { id, ids } = await launch(3);
    await app.api.post(`/api/recipients/${ids[0]}/pause`);
    await app.api.post(`/api/recipients/${ids[1]}/snooze`, { days: 3 });
    await app.api.post(`/api/campaigns/${id}/recipients`, { recipients: [{ fullName: "No Address" }] });
    expect(await names(id, "heldReason=recipientPaused")).toEqual(["Owner 0"]);
    expect(await names(id, "heldReason=snoozed")).toEqual(["Owner 1"]);
    expect(await names(id, "heldReason=waitingForEmail")).toEqual(["No Address"]);
    const { overview } = await list(id, "overview=true&q=zero");
    expect(overview).toMatchObject({ total: 0, people: 4, statuses: { active: 2, paused: 1 } });
    expect(overview.holds).toMatchObject({ recipientPaused: 1, snoozed: 1, waitingForEmail: 1 });
  });

  test("can be narrowed by the home's address, the next step and the day of adding", async () => {
    const recipients = [
      { email: "a@example.com", fullName: "One", property: { streetAddress: "12 Peachtree St" } },
      { email: "b@example.com", fullName: "Two", property: { address: "9 Oak Ave, Austin" } },
    ];
    const { id } = await createLaunchedCampaign(app.api, { recallSeconds: 0, recipients });
    expect(await names(id, "q=peachtree 12")).toEqual(["One"]);
    expect(await names(id, "q=two austin")).toEqual(["Two"]);
    expect(await names(id, "q=address")).toEqual([]);
    await app.run();
    expect(await names(id, "step=1")).toEqual([]);
    expect(await names(id, "step=2")).toEqual(["One", "Two"]);
    const today = new Date(app.api.now()).toISOString().slice(0, 10);
    expect(await names(id, `from=${today}&to=${today}`)).toEqual(["One", "Two"]);
    expect(await names(id, "to=2020-01-01")).toEqual([]);
  });

  test("takes the days of adding by the calendar of the given zone, with both ends", async () => {
    const { id, ids } = await launch(3);
    const instants = ["2026-03-08T06:59:00Z", "2026-03-08T07:00:00Z", "2026-03-09T05:59:00Z"];
    for (const [index, instant] of instants.entries())
      await bindings.DB.prepare("UPDATE campaign_recipients SET created_at = ? WHERE id = ?")
        .bind(Date.parse(instant), ids[index])
        .run();
    const day = (zone: string) => names(id, `from=2026-03-08&to=2026-03-08&zone=${zone}`);
    // Denver's clocks are set ahead on this day, which has 23 hours.
    expect(await day("America/Denver")).toEqual(["Owner 1", "Owner 2"]);
    expect(await day("UTC")).toEqual(["Owner 0", "Owner 1"]);
    expect((await app.api.get(`/api/campaigns/${id}/recipients?zone=Mars`)).status).toBe(400);
  });

  test("counts the people before each step, without those who are finished or stopped", async () => {
    const { id, ids } = await launch(4);
    await app.run();
    await app.api.post(`/api/recipients/${ids[0]}/stop`);
    await bindings.DB.prepare("UPDATE campaign_recipients SET next_step = 3 WHERE id = ?").bind(ids[1]).run();
    const { overview } = await list(id, "overview=true&q=zero");
    expect(overview.steps).toEqual([
      { stepNumber: 2, people: 2 },
      { stepNumber: 3, people: 1 },
    ]);
    expect(await names(id, "step=2")).toHaveLength(2);
  });

  test("returns recipients by their ids, in the order asked, and only of the campaign", async () => {
    const { id, ids } = await launch(3);
    const other = await launch(1);
    const { items } = await list(id, `ids=${[ids[2], other.ids[0], ids[0]].join()}`);
    expect(items.map((item: { id: number }) => item.id)).toEqual([ids[2], ids[0]]);
  });

  test("leads to an export of the same people in the same order", async () => {
    const { id } = await launch(3);
    const rows = parse((await read(id, "?q=owner&sort=-name")).text);
    expect(rows.map(({ name }) => name)).toEqual(["Owner 2", "Owner 1", "Owner 0"]);
  });
});
