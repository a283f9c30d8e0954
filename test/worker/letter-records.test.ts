import { beforeEach, describe, expect, test } from "vitest";
import { buildLaunchBody, buildTemplateBody, createTemplate, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

let app: App;
let templateId: number;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

const as = async (role: string, more: object = {}) => ({
  token: await signToken({ role, at: app.api.now(), ...more }),
});
const heir = (change: object = {}) => ({
  email: "heir@example.com",
  fullName: "=HYPERLINK(1)",
  source: "probate",
  sourceDate: "2020-01-02",
  templateData: { role: "Executor" },
  property: { streetAddress: "9 Elm St", standardStatus: "Expired" },
  ...change,
});
const launchAndSend = async (change: object = {}) => {
  const body = buildLaunchBody(templateId, { recipients: [heir()], recallSeconds: 0, ...change });
  const answer = await app.api.post("/api/campaigns", body, await as("teamLead"));
  if (answer.status !== 201) throw new Error(answer.text);
  await app.run();
  return answer.json;
};
const readRecord = async () => {
  const row = await bindings.DB.prepare("SELECT record FROM messages").first<{ record: string }>();
  return { bytes: row?.record.length ?? 0, record: JSON.parse(row?.record ?? "null") };
};
const hash = async (text: string) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

describe("the record of a sent letter", () => {
  test("has the wording, values, footer, hash, listing status and approval", async () => {
    await launchAndSend();
    const { record, bytes } = await readRecord();
    const [email] = app.calls;
    expect(record).toMatchObject({
      templateId,
      templateVersion: 1,
      values: { "property.streetAddress": "9 Elm St" },
      bodyHash: await hash(`${email?.html}\n${email?.text}`),
      listing: { status: "Expired", asOf: expect.any(String) },
      consentAt: null,
      approval: { by: "agent-1", sources: ["probate"] },
    });
    expect(record.footer).toContain("Brokerage 1");
    expect(record.footer).toContain("1 Cedar Street, Albany, NY 12207");
    expect(record.footer).not.toContain("http");
    expect(bytes).toBeLessThan(1200);
  });

  test("leaves out values that are too long, and keeps everything else", async () => {
    const long = buildTemplateBody({ bodyHtml: "<p>{{property.note}}</p>" });
    templateId = (await app.api.post("/api/templates", long)).json.id;
    await launchAndSend({ recipients: [heir({ property: { note: "word ".repeat(1000) } })] });
    expect((await readRecord()).record).toMatchObject({ values: null, templateVersion: 1 });
  });
});

describe("compliance.csv", () => {
  test("of a campaign has a line per letter, and no cell that a spreadsheet executes", async () => {
    const { id } = await launchAndSend();
    const answer = await app.api.get(`/api/campaigns/${id}/compliance.csv`, await as("teamLead"));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    expect(answer.text.split("\r\n")[0]).toContain("templateVersion,personalVersion,listingStatus");
    expect(answer.text).toContain("'=HYPERLINK(1)");
    expect(answer.text).toContain("probate filings,2020-01-02");
    expect(answer.text).toContain("Expired");
  });

  test("of an address has its letters from all campaigns, and no other person's", async () => {
    await launchAndSend({ recipients: [heir(), heir({ email: "other@example.com", fullName: "Other" })] });
    const ask = async (email: string, role = "teamLead", more: object = {}) =>
      app.api.post("/api/compliance.csv", { email }, await as(role, more));
    const { text } = await ask("heir@example.com");
    expect(text).toContain("heir@example.com");
    expect(text).not.toContain("other@example.com");
    expect((await ask("nobody@example.com")).text.trim().split("\r\n")).toHaveLength(1);
    expect((await ask("heir@example.com", "agent")).status).toBe(403);
    expect((await ask("heir@example.com", "teamLead", { prop: ["p-1"] })).status).toBe(403);
  });

  test("is only for team leads, and does not show another property", async () => {
    const { id } = await launchAndSend();
    const get = async (options: object) => app.api.get(`/api/campaigns/${id}/compliance.csv`, options);
    expect((await get(await as("agent"))).status).toBe(403);
    expect((await get(await as("teamLead", { prop: ["p-2"] }))).status).toBe(404);
  });
});

test("a public page shows the rules of all states with sources and dates", async () => {
  const { status, text } = await app.api.get("/state-rules", { token: null });
  expect(status).toBe(200);
  expect(text).toContain("Facts, not legal advice.");
  expect(text.match(/<section /g)).toHaveLength(38);
  expect(text.match(/Source date/g)).toHaveLength(38);
});

describe("the page of everything that was sent to an address", () => {
  const ask = async (email: string, role = "teamLead") =>
    app.api.post("/api/address-record.html", { email }, await as(role));

  test("has each letter with its text, its facts and what came of it, and no other person's", async () => {
    await launchAndSend({
      recipients: [
        heir({ fullName: "Ann <b>Heir</b>" }),
        heir({ email: "other@example.com", fullName: "Other" }),
      ],
    });
    const { status, text, headers } = await ask("heir@example.com");
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(text).toContain("Everything Brokerage 1 sent to heir@example.com");
    expect(text).toContain("Ann &lt;b&gt;Heir&lt;/b&gt;");
    expect(text).toContain("9 Elm St");
    expect(text).toContain("<dt>Listing status then</dt><dd>Expired</dd>");
    expect(text).toContain("1 email.");
    expect(text).not.toContain("other@example.com");
    expect(text).not.toContain("<script");
  });

  test("says that nothing was sent, and whether the address is suppressed", async () => {
    expect((await ask("nobody@example.com")).text).toContain("0 emails. The address is not suppressed.");
    await app.api.post("/api/suppressions", { emails: ["nobody@example.com"] }, await as("teamLead"));
    expect((await ask("nobody@example.com")).text).toContain("No email may go to this address since");
  });

  test("is only for team leads who see every property", async () => {
    expect((await ask("heir@example.com", "agent")).status).toBe(403);
  });
});
