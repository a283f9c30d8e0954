import { beforeEach, describe, expect, test } from "vitest";
import { suppressionReasons } from "../../shared/vocabulary.ts";
import {
  type Api,
  createApi,
  createLaunchedCampaign,
  createTenant,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { listAuditedActions } from "../support/worker/app.ts";
import { bindings, emptyDatabase } from "../support/worker/world.ts";

/*
 * Tests the addresses that the tenant must not write to: the list with its evidence, additions,
 * imports, exports and removals.
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

describe("the do-not-email list", () => {
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

  test("is paged through all addresses, each once", async () => {
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

  test("can be filtered by reason and by address", async () => {
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

  test("is refused to a token that is limited to some properties", async () => {
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
  test("stops every recipient with that address, and is counted once", async () => {
    const [recipientId] = await listRecipientIds((await createLaunchedCampaign(api)).id);
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

  test("does not replace a stronger reason that the list already has", async () => {
    await plant("a@example.com", "complained");
    await add(["a@example.com"]);
    expect((await api.get("/api/suppressions?email=a@example.com")).json.items[0].reason).toBe("complained");
  });

  test.each([
    [{ emails: [] }, "emails"],
    [{ emails: ["no address"] }, "emails.0"],
    [{ emails: Array.from({ length: 501 }, (_, index) => `o${index}@example.com`) }, "emails"],
    [{ emails: ["a@example.com"], note: "two\nlines" }, "note"],
  ])("is refused, and the fault names the field (%#)", async (body, field) => {
    const { status, json } = await api.post("/api/suppressions", body);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [field]]);
    expect(await listed()).toEqual([]);
  });
});

describe("an imported list", () => {
  const reasons = async () =>
    (await bindings.DB.prepare("SELECT email, reason FROM suppressions ORDER BY email").all()).results;
  const send = (text: string) => api.call("POST", "/api/suppressions/import", csv(text, lead.token));

  test("is read with its reasons, quoted cells and empty lines, and without its other columns", async () => {
    const text =
      '\ufeffName,"Email",reason,Note\r\n"Doe, Jane",Jane@example.com,Bounced,old list\r\n\r\n,\'+b@example.com,,\r\n';
    expect((await send(text)).json).toEqual({ added: 2, alreadyThere: 0, stopped: 0, notAddresses: [] });
    const { json } = await api.get("/api/suppressions");
    expect(json.items).toMatchObject([
      { email: "+b@example.com", reason: "manual" },
      { email: "jane@example.com", reason: "bounced", evidence: { note: "old list" } },
    ]);
  });

  test("with an unknown reason is refused as a whole, and the fault names the lines", async () => {
    const { status, json } = await send(
      "email,reason\na@example.com,\nb@example.com,bored\nc@example.com,tired\n",
    );
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual(["line 3", "line 4"]);
    expect(await listed()).toEqual([]);
  });

  test.each([
    ["a quote that closes inside a cell", 'email,note\na@x.co,"5" wide"\nb@x.co,\n', ["line 2"]],
    ["a quote that never closes", 'email,note\na@x.co,\nb@x.co,"never\nc@x.co,\n', ["line 3"]],
    [
      "a broken quote after a note of two lines",
      'email,note\r\na@x.co,"by\r\nphone"\r\nb@x.co,"open\r\n',
      ["line 4"],
    ],
    ["two open quotes that pair up", 'email,note\na@x.co,"4 ft\nb@x.co,6 ft"\nc@x.co,\n', ["line 2"]],
    ["an address cell over two lines", 'email,note\n"a@x.co\nb@x.co",\nc@x.co,\n', ["line 2"]],
    ["an open quote in the first line", '"email,note\na@x.co,x\n', ["line 1"]],
    ["a cell too many", "email,note\na@x.co,asked, twice\nb@x.co,\n", ["line 2"]],
    ["a cell too few", "note,email\nx,a@x.co\ny\n", ["line 3"]],
    ["a comma that moves the address", "name,email\nDoe, Jane,a@x.co\nJo,b@x.co\n", ["line 2"]],
  ])("with %s is refused as a whole, and the fault names the line", async (_, text, lines) => {
    const { status, json } = await send(text);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, lines]);
    expect(await listed()).toEqual([]);
  });

  test("may have notes over several lines and empty cells at the end", async () => {
    const text = 'email,reason,note\na@x.co,bounced,"550 <a@x.co>\n550 a@x.co unknown"\nb@x.co,,,,\n , \n';
    expect((await send(text)).json).toMatchObject({ added: 2, notAddresses: [] });
    expect((await api.get("/api/suppressions?email=a@x.co")).json.items[0].evidence.note).toBe(
      "550 <a@x.co> 550 a@x.co unknown",
    );
  });

  test("with invalid addresses names them and imports the others", async () => {
    const text =
      'email,note\na@example.com,\nnot an address,\n,nobody\n"J\u00f6rg@example.com",\nb@example.com,\n';
    const { status, json } = await send(text);
    expect([status, json]).toEqual([
      200,
      {
        added: 2,
        alreadyThere: 0,
        stopped: 0,
        notAddresses: [
          { line: 3, text: "not an address" },
          { line: 4, text: "" },
          { line: 5, text: "J\u00f6rg@example.com" },
        ],
      },
    ]);
    expect(await listed()).toEqual(["a@example.com", "b@example.com"]);
  });

  test.each([
    ["semicolons", "email;reason\r\na@x.co;unsubscribed\r\nb@x.co;unsubscribed\r\n"],
    ["one line only", "email;reason\na@x.co;unsubscribed\nb@x.co;unsubscribed"],
    ["tabs", "email\treason\na@x.co\tunsubscribed\nb@x.co\tunsubscribed\n"],
    ["pipes", "reason|email\nunsubscribed|a@x.co\nunsubscribed|b@x.co\n"],
    [
      "commas inside a list with semicolons",
      'e-mail;reason;note\na@x.co;unsubscribed;1, 2\nb@x.co;unsubscribed;"3;"\n',
    ],
    ["Excel's line sep=;", "\ufeffsep=;\r\nEmail;Reason\r\na@x.co;unsubscribed\r\nb@x.co;unsubscribed\r\n"],
    ["Excel's line sep= in quotes", '"sep=|"\nemail|reason\na@x.co|unsubscribed\nb@x.co|unsubscribed\n'],
    ["Excel's line sep= for tabs", "sep=\t\nemail\treason\na@x.co\tunsubscribed\nb@x.co\tunsubscribed\n"],
    ["line ends of two kinds", "email,reason\r\na@x.co,unsubscribed\nb@x.co,unsubscribed\r\n"],
    ["the line ends of an old Mac", "email,reason\ra@x.co,unsubscribed\rb@x.co,unsubscribed\r"],
    ["empty lines before the first", "\n\nemail,reason\na@x.co,unsubscribed\nb@x.co,unsubscribed\n"],
    [
      "a column of street addresses",
      "address,email,reason\n1 Elm,a@x.co,unsubscribed\n2 Elm,b@x.co,unsubscribed\n",
    ],
  ])("with %s is imported", async (_, text) => {
    expect((await send(text)).json).toMatchObject({ added: 2, notAddresses: [] });
    expect(await reasons()).toEqual([
      { email: "a@x.co", reason: "unsubscribed" },
      { email: "b@x.co", reason: "unsubscribed" },
    ]);
  });

  test("in Excel's UTF-16 is imported, and its line numbers include the line sep=", async () => {
    const text = "email\tnote\r\na@x.co\tJos\u00e9\r\n";
    const units = Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
    const options = { token: lead.token, headers: { "content-type": "text/csv" } };
    const raw = new Uint8Array(units.buffer);
    const { json } = await api.call("POST", "/api/suppressions/import", { ...options, raw });
    expect(json).toMatchObject({ added: 1, notAddresses: [] });
    const refused = await send("sep=;\nemail;reason\nb@x.co;bored\n");
    expect(Object.keys(refused.json.error.fields)).toEqual(["line 3"]);
  });

  const mail = "gone@example.com";
  test.each([
    [
      "SendGrid's bounces",
      `status,reason,email,created\n5.1.1,550 5.1.1 no such user,${mail},1443651125\n`,
      "bounced",
    ],
    [
      "SendGrid's invalid addresses",
      `reason,email,created\nKnown bad domain,${mail},1443651125\n`,
      "bounced",
    ],
    ["SendGrid's spam reports", `email,created,ip\n${mail},1443651125,192.0.2.7\n`, "complained"],
    ["SendGrid's unsubscribes", `email,created\n${mail},1443651125\n`, "unsubscribed"],
    [
      "SendGrid's group unsubscribes",
      `email,group_id,group_name,created_at\n${mail},4,News,1443651125\n`,
      "unsubscribed",
    ],
    [
      "Mailgun's bounces",
      `address,code,error,created_at\n${mail},550,No such mailbox,"Fri, 21 Oct 2011 11:02:55 GMT"\n`,
      "bounced",
    ],
    ["Mailgun's complaints", `address,created_at\n${mail},"Fri, 21 Oct 2011 11:02:55 GMT"\n`, "complained"],
    [
      "Mailgun's unsubscribes",
      `address,tags,created_at\n${mail},*,"Fri, 21 Oct 2011 11:02:55 GMT"\n`,
      "unsubscribed",
    ],
  ])("of %s gets its reason from its columns", async (_, text, reason) => {
    expect((await send(text)).json).toMatchObject({ added: 1, notAddresses: [] });
    expect(await reasons()).toEqual([{ email: mail, reason }]);
    await bindings.DB.prepare("DELETE FROM suppressions").run();
    await send(
      text
        .split("\n")
        .map((line) => line.replaceAll(",", ";").replace("Fri;", "Fri,"))
        .join("\n"),
    );
    expect(await reasons()).toEqual([{ email: mail, reason }]);
  });

  test("of a service's bounces keeps the service's message as the note", async () => {
    await send(`status,reason,email,created\n5.1.1,550 no such user,${mail},1443651125\n`);
    const { json } = await api.get(`/api/suppressions?email=${mail}`);
    expect(json.items[0].evidence.note).toBe("550 no such user");
  });

  test("without a reason column gets the reason given in the request", async () => {
    const options = csv("email,note\na@x.co,said so\n", lead.token);
    const path = "/api/suppressions/import?reason=";
    expect((await api.call("POST", `${path}complained`, options)).json).toMatchObject({ added: 1 });
    expect(await reasons()).toEqual([{ email: "a@x.co", reason: "complained" }]);
    expect((await api.call("POST", `${path}bored`, options)).status).toBe(400);
  });

  test.each([
    ["complained", "manual"],
    ["manual", "complained"],
    ["unsubscribed", "bounced", "complained"],
    ["complaint", "Unsubscribe"],
    ["Spam Report", "hard bounce"],
  ])("with an address twice keeps the stronger reason (%#)", async (...named) => {
    const lines = named.map((reason, index) => `${index % 2 === 0 ? "w@x.co" : "W@X.co"},${reason}\n`);
    expect((await send(`email,reason\n${lines.join("")}`)).json).toMatchObject({ added: 1 });
    expect(await reasons()).toEqual([{ email: "w@x.co", reason: "complained" }]);
  });

  test.each([
    ["", "line 1"],
    ["name\nJane\n", "line 1"],
    ["email\n", "line 2"],
    ["email\nnobody\nnothing\n", "line 2"],
  ])("is refused if it is %j", async (text, line) => {
    const { status, json } = await send(text);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, [line]]);
  });

  test("is refused if it is over 1 MB, of another type or in another encoding", async () => {
    expect((await send(`email\n${"a".repeat(1_000_001)}`)).status).toBe(413);
    const path = "/api/suppressions/import";
    expect((await api.call("POST", path, { raw: "email\na@example.com", token: lead.token })).status).toBe(
      415,
    );
    const latin = new Uint8Array([...new TextEncoder().encode("email,note\na@example.com,"), 0xe9]);
    const options = { raw: latin, token: lead.token, headers: { "content-type": "text/csv" } };
    expect((await api.call("POST", path, options)).status).toBe(400);
  });

  test("of ten thousand addresses is imported, and of one more is refused", async () => {
    const lines = (count: number) =>
      `email\n${Array.from({ length: count }, (_, index) => `owner${index}@example.com`).join("\n")}`;
    expect((await send(lines(10_001))).status).toBe(400);
    expect((await send(lines(10_000))).json.added).toBe(10_000);
  });

  test("that was exported is imported unchanged, and no exported cell is a formula", async () => {
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

  test("can't be imported or exported by an agent", async () => {
    const token = await signToken();
    expect((await api.call("POST", "/api/suppressions/import", csv("email\na@b.co", token))).status).toBe(
      403,
    );
    expect((await api.get("/api/suppressions/export.csv", { token })).status).toBe(403);
  });
});

describe("lifting a suppression", () => {
  test("lets the address be added again, keeps stopped recipients stopped, and is in their timeline", async () => {
    const campaign = await createLaunchedCampaign(api);
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
    "needs a team lead and a note if the person %s",
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
