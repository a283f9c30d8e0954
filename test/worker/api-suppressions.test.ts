import { beforeEach, describe, expect, test } from "vitest";
import { suppressionReasons } from "../../shared/vocabulary.ts";
import {
  type Api,
  createApi,
  createTenant,
  launch,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { listAuditedActions } from "../support/worker/app.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/*
 * The tenant's suppressed addresses: listed with their evidence, added, imported, exported and
 * lifted.
 */

let api: Api;
let lead: { token: string };
const csv = (text: string, token: string) => ({ raw: text, token, headers: { "content-type": "text/csv" } });

beforeEach(async () => {
  await emptyDatabase();
  await createTenant(1);
  await createTenant(2);
  api = createApi();
  lead = { token: await signToken({ role: "teamLead" }) };
});

async function plant(email: string, reason: string, evidence: object = {}, tenantId = 1): Promise<void> {
  await bindings.DB.prepare(
    "INSERT INTO suppressions (tenant_id, email, reason, source, evidence, created_at) VALUES (?, ?, ?, 'mailgun', ?, 1)",
  )
    .bind(tenantId, email, reason, JSON.stringify(evidence))
    .run();
}

const listed = async (query = "") =>
  (await api.get(`/api/suppressions${query}`)).json.items.map(({ email }: { email: string }) => email);
const add = (emails: string[], more: object = {}, options = {}) =>
  api.post("/api/suppressions", { emails, ...more }, options);
const lift = (body: object, options = {}) => api.call("DELETE", "/api/suppressions", { body, ...options });

describe("the list", () => {
  test("shows the evidence of each address", async () => {
    await plant("jane.doe@example.com", "bounced", {
      recipientId: 7,
      stepNumber: 2,
      kind: "bounced",
      status: "5.1.1",
    });
    const { json } = await api.get("/api/suppressions");
    expect(json).toEqual({
      items: [
        {
          email: "jane.doe@example.com",
          reason: "bounced",
          source: "mailgun",
          evidence: {
            recipientId: 7,
            stepNumber: 2,
            kind: "bounced",
            status: "5.1.1",
            diagnostic: null,
            softBounces: null,
            note: null,
          },
          createdAt: "1970-01-01T00:00:00.001Z",
        },
      ],
      nextCursor: null,
    });
  });

  test("goes page by page through all of them, each once", async () => {
    const emails = Array.from({ length: 7 }, (_, index) => `owner${index}@example.com`);
    await add(emails);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor === null ? "" : `&cursor=${cursor}`;
      const { json } = await api.get(`/api/suppressions?limit=3${at}`);
      seen.push(...json.items.map(({ email }: { email: string }) => email));
      cursor = json.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(emails);
  });

  test("is narrowed down by reason and by address", async () => {
    await plant("a@example.com", "bounced");
    await plant("b@example.com", "complained");
    expect(await listed("?reason=complained")).toEqual(["b@example.com"]);
    expect(await listed("?email=A@example.com")).toEqual(["a@example.com"]);
    expect(await listed("?email=a@example.com&reason=complained")).toEqual([]);
  });

  test("of another tenant is not seen or changed", async () => {
    await plant("theirs@example.com", "manual", {}, 2);
    expect(await listed()).toEqual([]);
    expect((await lift({ email: "theirs@example.com" })).status).toBe(404);
    expect((await add(["theirs@example.com"])).json.added).toBe(1);
  });

  test("is not for a token that is held to some properties", async () => {
    const token = await signToken({ prop: ["p-1"] });
    for (const answer of [
      await api.get("/api/suppressions", { token }),
      await add(["a@example.com"], {}, { token }),
    ]) {
      expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
    }
  });
});

describe("an address added by hand", () => {
  test("stops every recipient with the address, and is counted once", async () => {
    const [recipientId] = await listRecipientIds((await launch(api)).id);
    const { status, json } = await add(["Jane.Doe@Example.com", "jane.doe@example.com", "b@example.com"], {
      note: "asked on the phone",
    });
    expect([status, json]).toEqual([200, { added: 2, alreadyThere: 0, stopped: 1 }]);
    const { json: detail } = await api.get(`/api/recipients/${recipientId}`);
    expect(detail).toMatchObject({ status: "stopped", stopReason: "suppressed" });
    expect((await add(["b@example.com"])).json).toEqual({ added: 0, alreadyThere: 1, stopped: 0 });
    expect((await api.get("/api/suppressions?email=b@example.com")).json.items[0].evidence.note).toBe(
      "asked on the phone",
    );
    expect(await listAuditedActions()).toContain("suppressions.added");
  });

  test("does not replace the person's own reason with a weaker one", async () => {
    await plant("a@example.com", "complained");
    await add(["a@example.com"]);
    expect((await api.get("/api/suppressions?email=a@example.com")).json.items[0].reason).toBe("complained");
  });

  test.each([
    [{ emails: [] }, "emails"],
    [{ emails: ["no address"] }, "emails.0"],
    [{ emails: Array.from({ length: 501 }, (_, index) => `o${index}@example.com`) }, "emails"],
    [{ emails: ["a@example.com"], note: "two\nlines" }, "note"],
  ])("is refused with the name of its faulty field (%#)", async (body, field) => {
    const { status, json } = await api.post("/api/suppressions", body);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
    expect(await listed()).toEqual([]);
  });
});

describe("a list", () => {
  const reasons = async () =>
    (await bindings.DB.prepare("SELECT email, reason FROM suppressions ORDER BY email").all()).results;
  const send = (text: string) => api.call("POST", "/api/suppressions/import", csv(text, lead.token));

  test("is read with its reasons, quotes, empty lines and whatever else it holds", async () => {
    const text =
      '\ufeffName,"Email",reason,Note\r\n"Doe, Jane",Jane@example.com,Bounced,old list\r\n\r\n,\'+b@example.com,,\r\n';
    expect((await send(text)).json).toEqual({ added: 2, alreadyThere: 0, stopped: 0 });
    const { json } = await api.get("/api/suppressions");
    expect(json.items).toMatchObject([
      { email: "+b@example.com", reason: "manual" },
      { email: "jane@example.com", reason: "bounced", evidence: { note: "old list" } },
    ]);
  });

  test("with anything wrong is refused whole, with the lines named", async () => {
    const { status, json } = await send(
      "email,reason\na@example.com,\nnot an address,\nb@example.com,bored\n",
    );
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual(["line 3", "line 4"]);
    expect(await listed()).toEqual([]);
  });

  test.each([
    ["", "line 1"],
    ["name\nJane\n", "line 1"],
    ["email\n", "line 2"],
  ])("%j is refused", async (text, line) => {
    const { status, json } = await send(text);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [line]]);
  });

  test("of over 1 MB, of another type or in another encoding is refused", async () => {
    expect((await send(`email\n${"a".repeat(1_000_001)}`)).status).toBe(413);
    const path = "/api/suppressions/import";
    expect((await api.call("POST", path, { raw: "email\na@example.com", token: lead.token })).status).toBe(
      415,
    );
    const latin = new Uint8Array([...new TextEncoder().encode("email,note\na@example.com,"), 0xe9]);
    const options = { raw: latin, token: lead.token, headers: { "content-type": "text/csv" } };
    expect((await api.call("POST", path, options)).status).toBe(400);
  });

  test("of ten thousand addresses is imported at once, and one address more is refused", async () => {
    const lines = (count: number) =>
      `email\n${Array.from({ length: count }, (_, index) => `owner${index}@example.com`).join("\n")}`;
    expect((await send(lines(10_001))).status).toBe(400);
    expect((await send(lines(10_000))).json.added).toBe(10_000);
  });

  test("that was exported comes back as it was, and no cell of it is a formula", async () => {
    const awkward = [
      "+1@example.com",
      "-1+1@example.com",
      "'+1@example.com",
      "'-@example.com",
      "o'hara@example.com",
    ];
    for (const [index, email] of awkward.entries())
      await plant(email, suppressionReasons[index % suppressionReasons.length] ?? "manual");
    await add(Array.from({ length: 500 }, (_, index) => `owner${index}@example.com`));
    const before = await reasons();
    const { text, headers } = await api.get("/api/suppressions/export.csv", lead);
    expect(headers.get("content-disposition")).toContain("attachment");
    const lines = text.trim().split("\r\n");
    expect(lines[0]).toBe("email,reason,source,createdAt");
    expect(lines).toHaveLength(1 + awkward.length + 500);
    for (const line of lines) expect(line).not.toMatch(/^"?[=+@-]/);
    await bindings.DB.prepare("DELETE FROM suppressions").run();
    expect((await send(text)).json).toMatchObject({ added: awkward.length + 500 });
    expect(await reasons()).toEqual(before);
    expect((await send(text)).json).toMatchObject({ added: 0 });
    expect(await reasons()).toEqual(before);
  });

  test("is neither imported nor exported by an agent", async () => {
    const token = await signToken();
    expect((await api.call("POST", "/api/suppressions/import", csv("email\na@b.co", token))).status).toBe(
      403,
    );
    expect((await api.get("/api/suppressions/export.csv", { token })).status).toBe(403);
  });
});

describe("taking a suppression back", () => {
  test("lets the address be added again, leaves stopped recipients stopped, and is in their timeline", async () => {
    const campaign = await launch(api);
    const [recipientId] = await listRecipientIds(campaign.id);
    await add(["jane.doe@example.com"]);
    const { status, json } = await lift({ email: "jane.doe@example.com" });
    expect([status, json]).toEqual([200, { email: "jane.doe@example.com", staysStopped: 1 }]);
    expect(await listed()).toEqual([]);
    expect((await api.get(`/api/recipients/${recipientId}`)).json.status).toBe("stopped");
    const { results } = await bindings.DB.prepare("SELECT kind, recipient_id AS id FROM events").all();
    expect(results).toEqual([{ kind: "resubscribed", id: recipientId }]);
    expect(await listAuditedActions()).toContain("suppression.lifted");
    expect((await lift({ email: "jane.doe@example.com" })).status).toBe(404);
  });

  test.each(["complained", "unsubscribed"])(
    "needs a team lead and a reason if the person %s",
    async (reason) => {
      await plant("a@example.com", reason);
      const body = { email: "a@example.com" };
      expect((await lift({ ...body, note: "asked again" })).status).toBe(403);
      const unexplained = await lift(body, lead);
      expect([unexplained.status, Object.keys(unexplained.json.error.fields)]).toEqual([400, ["note"]]);
      expect(await listed()).toEqual(["a@example.com"]);
      expect((await lift({ ...body, note: "asked to be written to again" }, lead)).status).toBe(200);
      const row = await bindings.DB.prepare(
        "SELECT data FROM audit_log WHERE action = 'suppression.lifted'",
      ).first();
      expect(JSON.parse(String(row?.data))).toEqual({
        reason,
        source: "mailgun",
        note: "asked to be written to again",
      });
    },
  );
});
