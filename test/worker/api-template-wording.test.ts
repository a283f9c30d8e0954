import PostalMime from "postal-mime";
import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, minute } from "../support/time.ts";
import {
  buildLaunchBody,
  buildOwners,
  buildTemplateBody,
  createTemplate,
  getSenderId,
  listRecipientIds,
  signToken,
} from "../support/worker/api.ts";
import { type App, listAuditedActions, openApp } from "../support/worker/app.ts";
import { bindings, listCapturedEmails } from "../support/worker/world.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const save = (overrides: Record<string, unknown> = {}) =>
  app.api.post("/api/templates", buildTemplateBody(overrides));

describe("saving a template", () => {
  test("keeps the allowed HTML, reports the rest, and changes nothing when repeated", async () => {
    const bodyHtml =
      '<style>p{color:red}</style><p onclick="x()">Hi {{recipient.salutation}}</p><script>alert(1)</script>';
    const { status, json } = await save({ bodyHtml, preheader: "Short and {{property.city}}" });
    expect([status, json.bodyHtml]).toEqual([201, '<p style="color:red">Hi {{recipient.salutation}}</p>']);
    expect(json.removed).toEqual([
      { kind: "attribute", name: "p.onclick", count: 1 },
      { kind: "element", name: "script", count: 1 },
    ]);
    expect([json.lint, json.preheader]).toEqual([[], "Short and {{property.city}}"]);
    const again = await app.api.patch(`/api/templates/${json.id}`, {
      bodyHtml: json.bodyHtml,
      version: 1,
    });
    expect([again.json.bodyHtml, again.json.removed, again.json.preheader]).toEqual([
      json.bodyHtml,
      [],
      json.preheader,
    ]);
  });

  test("is refused if the wording has an error, with the field and place, and nothing is written", async () => {
    for (const [overrides, field, words] of [
      [{ subject: "Hi {{first_name}}" }, "subject", "{{recipient.firstName}}? (line 1, column 6)"],
      [{ bodyHtml: '<p>a</p>\n<a href="#">see this one</a>' }, "bodyHtml", "(line 2, column 4)"],
      [{ preheader: "{{nope}}" }, "preheader", '"nope"'],
      [{ bodyHtml: "<script>x</script>" }, "bodyHtml", "nothing"],
      [{ bodyHtml: "<td {{#if recipient.a}}class=x{{/if}}>x</td>" }, "bodyHtml", "{{#if recipient.a}}"],
    ] as const) {
      const { status, json } = await save(overrides);
      expect([status, json.error.fields[field]]).toEqual([400, expect.stringContaining(words)]);
    }
    expect(await bindings.DB.prepare("SELECT count(*) AS n FROM email_templates").first()).toEqual({ n: 0 });
  });

  test("returns the warnings and their places, as a later read does", async () => {
    const { json } = await save({ subject: "Act now", bodyHtml: "<p>Perfect for families, this is</p>" });
    const warnings = [
      { code: "spamWord", severity: "warning", field: "subject", start: 0, end: 7, line: 1, column: 1 },
      {
        code: "fairHousingWord",
        severity: "warning",
        field: "bodyHtml",
        start: 3,
        end: 23,
        line: 1,
        column: 4,
      },
    ];
    expect(json.lint).toMatchObject(warnings);
    expect((await app.api.get(`/api/templates/${json.id}`)).json.lint).toMatchObject(warnings);
  });

  test("warns if Gmail would cut the email off, counted with tracked links", async () => {
    const bodyOf = (links: number) =>
      Array.from({ length: links }, (_, index) => {
        const link = `<a href="https://example.com/report/${1000 + index}">report ${index}</a>`;
        return `<p>See ${link} on the homes that sold nearby</p>`;
      }).join("");
    expect((await save({ bodyHtml: bodyOf(450) })).json.lint).toEqual([]);
    const bodyHtml = bodyOf(700);
    const { json } = await save({ bodyHtml });
    const large = {
      code: "tooLarge",
      severity: "warning",
      field: "bodyHtml",
      start: 0,
      end: bodyHtml.length,
    };
    expect(json.lint).toMatchObject([large]);
    await app.api.post("/api/campaigns", buildLaunchBody(json.id, { recallSeconds: 0 }));
    await app.run();
    const [email] = await listCapturedEmails();
    const { html = "" } = await PostalMime.parse(email?.raw ?? "");
    const sentKb = new TextEncoder().encode(html).length / 1024;
    expect(sentKb).toBeGreaterThan(102);
    const saidKb = Number(/about (\d+) KB/.exec(json.lint[0].message)?.[1]);
    expect(Math.abs(saidKb / sentKb - 1)).toBeLessThan(0.1);
  });

  test("keeps the agent's own description of a variable from version to version", async () => {
    const variables = [{ path: "recipient.hobby", label: "What they like", example: "Sailing" }];
    const bodyHtml = "<p>{{recipient.hobby}} {{recipient.lastVisitDate}}</p>";
    const { json } = await save({ subject: "Hello", bodyHtml, variables });
    const expected = [
      {
        path: "recipient.hobby",
        label: "What they like",
        example: "Sailing",
        hasFallback: false,
        fallback: null,
      },
      {
        path: "recipient.lastVisitDate",
        label: "Last visit date",
        example: "",
        hasFallback: false,
        fallback: null,
      },
    ];
    expect(json.variables).toEqual(expected);
    const edited = await app.api.patch(`/api/templates/${json.id}`, { subject: "Hello again" });
    expect(edited.json.variables).toEqual(expected);
    const shown = await app.api.post("/api/templates/preview", { templateId: json.id });
    expect(shown.json.html).toContain("<p>Sailing [Last visit date]</p>");
    expect(shown.json.exampleVariables).toEqual(["recipient.hobby", "recipient.lastVisitDate"]);
    const named = await app.api.post("/api/templates/preview", {
      templateId: json.id,
      recipient: { hobby: "Golf" },
    });
    expect([named.json.exampleVariables, named.json.missingVariables]).toEqual([
      [],
      ["recipient.lastVisitDate"],
    ]);
  });
});

describe("before a template is saved,", () => {
  test("a viewer can check its wording", async () => {
    const token = await signToken({ role: "viewer" });
    const body = { bodyHtml: '<p onclick="x">Click here for it, please</p>' };
    const { status, json } = await app.api.post("/api/templates/lint", body, { token });
    expect([status, json.removed]).toEqual([200, [{ kind: "attribute", name: "p.onclick", count: 1 }]]);
    expect(json.lint).toMatchObject([{ code: "spamWord", field: "bodyHtml", start: 15, end: 25 }]);
    expect((await app.api.post("/api/templates/lint", {})).status).toBe(400);
    expect((await app.api.post("/api/templates/lint", { body: "x" })).json.error.fields).toHaveProperty(
      "body",
    );
  });

  test("other tools' merge fields can be converted; an unclear field stays, with a warning", async () => {
    const { json } = await app.api.post("/api/templates/convert", {
      subject: "Hi %first_name%",
      bodyHtml: "<p>Dear *|FNAME|*, your home at [Property Address], [Name] said</p>",
    });
    expect([json.subject, json.bodyHtml]).toEqual([
      "Hi {{recipient.firstName}}",
      "<p>Dear {{recipient.firstName}}, your home at {{property.streetAddress}}, [Name] said</p>",
    ]);
    expect(json.conversions).toContainEqual({
      ...{ field: "bodyHtml", from: "*|FNAME|*", to: "{{recipient.firstName}}", count: 1 },
    });
    expect(json.lint).toMatchObject([{ code: "foreignMergeField", severity: "warning", field: "bodyHtml" }]);
  });
});

describe("template versions", () => {
  test("are listed newest first by page, and each can be read unchanged", async () => {
    const id = await createTemplate(app.api);
    for (const subject of ["Two", "Three"]) await app.api.patch(`/api/templates/${id}`, { subject });
    const first = (await app.api.get(`/api/templates/${id}/versions?limit=2`)).json;
    expect(first.items.map((item: { version: number }) => item.version)).toEqual([3, 2]);
    const rest = (await app.api.get(`/api/templates/${id}/versions?cursor=${first.nextCursor}`)).json;
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null]);
    const two = (await app.api.get(`/api/templates/${id}/versions/2`)).json;
    expect(two).toMatchObject({ templateId: id, version: 2, subject: "Two", preheader: "" });
    expect((await app.api.get(`/api/templates/${id}/versions/9`)).status).toBe(404);
    await bindings.DB.prepare("UPDATE email_template_versions SET tenant_id = 2").run();
    expect((await app.api.get(`/api/templates/${id}/versions/2`)).status).toBe(404);
  });
});

describe("applying a template's newest wording to a step", () => {
  const applyTo = (campaignId: number, stepNumber: number) =>
    app.api.post(`/api/campaigns/${campaignId}/steps/${stepNumber}/apply-template`);

  async function launchTwoWeeks(count: number) {
    const first = await createTemplate(app.api);
    const second = (await save({ subject: "Old follow-up" })).json.id as number;
    const { json } = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(first, {
        recipients: buildOwners(count),
        steps: [{ templateId: first }, { templateId: second, delayDays: 3, startsThread: true }],
        recallSeconds: 0,
      }),
    );
    return { campaignId: json.id as number, first, second };
  }
  const subjects = async (stepNumber: number) =>
    (await listCapturedEmails())
      .filter((email) => email.stepNumber === stepNumber)
      .map(({ subject }) => subject);

  test("changes the email only for the recipients who have not got it yet", async () => {
    const { campaignId, second } = await launchTwoWeeks(3);
    await app.run();
    app.api.advance(3 * day + minute);
    const [one = 0, two = 0] = await listRecipientIds(campaignId);
    await bindings.DB.prepare(
      "UPDATE campaign_recipients SET due_at = due_at + 86400000, scheduled_at = scheduled_at + 86400000 WHERE id <> ?",
    )
      .bind(one)
      .run();
    await app.run();
    expect(await subjects(2)).toEqual(["Old follow-up"]);
    await app.api.patch(`/api/templates/${second}`, { subject: "New follow-up" });
    await app.api.post(`/api/recipients/${two}/stop`);
    const { status, json } = await applyTo(campaignId, 2);
    expect([status, json]).toEqual([
      200,
      { stepNumber: 2, wordings: [{ templateId: second, templateVersion: 2 }], recipients: 1 },
    ]);
    app.api.advance(day + minute);
    await app.run();
    await app.run();
    expect((await subjects(2)).sort()).toEqual(["New follow-up", "Old follow-up"]);
    expect((await subjects(1)).length).toBe(3);
    expect(await listAuditedActions()).toContain("campaign.wordingApplied");
  });

  test("is necessary, because an active campaign otherwise keeps its wording", async () => {
    const { second } = await launchTwoWeeks(1);
    await app.run();
    await app.api.patch(`/api/templates/${second}`, { subject: "New follow-up" });
    app.api.advance(3 * day + minute);
    await app.run();
    expect(await subjects(2)).toEqual(["Old follow-up"]);
  });

  test("while emails are queued sends each once, with the wording at the time of the call", async () => {
    const { campaignId, second } = await launchTwoWeeks(2);
    await app.run();
    app.api.advance(3 * day + minute);
    await app.tick();
    const jobs = app.queue.take();
    await app.api.patch(`/api/templates/${second}`, { subject: "New follow-up" });
    expect((await applyTo(campaignId, 2)).json.recipients).toBe(2);
    await app.deliver(jobs);
    await app.deliver(jobs);
    await app.run();
    expect(await subjects(2)).toEqual(["New follow-up", "New follow-up"]);
    expect((await applyTo(campaignId, 2)).json.error.message).toContain("has ended");
  });

  test("includes all variants of the step, with their weights", async () => {
    const [a, b] = [await createTemplate(app.api), await createTemplate(app.api)];
    const variants = [{ templateId: a, weight: 3 }, { templateId: b }];
    const { json: campaign } = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(a, { steps: [{ templateId: a, variants }], recallSeconds: 600 }),
    );
    for (const id of [a, b]) await app.api.patch(`/api/templates/${id}`, { subject: "Newer" });
    expect((await applyTo(campaign.id, 1)).json.wordings).toEqual([
      { templateId: a, templateVersion: 2 },
      { templateId: b, templateVersion: 2 },
    ]);
    const { json } = await app.api.get(`/api/campaigns/${campaign.id}`);
    expect(json.steps[0].variants.map((variant: { weight: number }) => variant.weight)).toEqual([3, 1]);
  });

  test("is refused if the campaign has ended, the step does not exist, or the agent lacks the right", async () => {
    const { campaignId } = await launchTwoWeeks(1);
    expect((await applyTo(campaignId, 3)).status).toBe(404);
    const path = `/api/campaigns/${campaignId}/steps/1/apply-template`;
    expect((await app.api.post(path, undefined, { token: await signToken({ role: "viewer" }) })).status).toBe(
      403,
    );
    expect((await app.api.post(path, undefined, { token: await signToken({ prop: ["p-2"] }) })).status).toBe(
      404,
    );
    await app.api.patch(`/api/campaigns/${campaignId}/status`, { status: "stopped" });
    expect((await applyTo(campaignId, 1)).status).toBe(409);
    expect(await listAuditedActions()).not.toContain("campaign.wordingApplied");
  });
});

describe("a test email", () => {
  const send = (id: number, body: Record<string, unknown> = {}, options = {}) =>
    app.api.post(`/api/templates/${id}/test-send`, { senderId: getSenderId(1), ...body }, options);
  const countOf = async (table: string) =>
    (await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;

  test("is sent once to the sender's own mailbox, marked as a test, untracked and uncounted", async () => {
    const bodyHtml = '<p>Hi {{recipient.firstName}} <a href="https://example.com/x">see the report</a></p>';
    const id = (await save({ bodyHtml })).json.id;
    const { status, json } = await send(id);
    expect([status, json]).toEqual([
      200,
      {
        to: "ann@brokerage-1.example",
        subject: "[Test] Your home at 1420 Maple Street",
        exampleVariables: ["property.streetAddress", "recipient.firstName"],
        missingVariables: [],
      },
    ]);
    const [email, ...more] = await listCapturedEmails();
    expect([email?.toEmail, more]).toEqual(["ann@brokerage-1.example", []]);
    const raw = (email?.raw ?? "").replace(/=\r?\n/g, "").replaceAll("=3D", "=");
    expect(raw).toContain('href="https://example.com/x"');
    expect(raw).not.toMatch(/\/o\/|\/c\//);
    expect([await countOf("messages"), await countOf("events")]).toEqual([0, 0]);
  });

  test("of a wording that is not saved goes to the sender's own mailbox, if it could be saved", async () => {
    const sendWording = (bodyHtml: string) =>
      app.api.post("/api/templates/test-send", {
        senderId: getSenderId(1),
        content: { subject: "Your home", bodyHtml },
        recipient: { firstName: "Priya", email: "priya@example.com" },
        property: {},
      });
    const refused = await sendWording("<p>Hi {{recipient.firstName</p>");
    expect([refused.status, Object.keys(refused.json.error.fields)]).toEqual([400, ["content.bodyHtml"]]);
    expect((await sendWording("<p>Hi {{recipient.firstName}}</p>")).json).toEqual({
      ...{ to: "ann@brokerage-1.example", subject: "[Test] Your home" },
      ...{ exampleVariables: [], missingVariables: [] },
    });
    const [email, ...more] = await listCapturedEmails();
    expect([email?.toEmail, more]).toEqual(["ann@brokerage-1.example", []]);
    expect(email?.raw).toContain("Hi Priya");
  });

  test("has an unsubscribe link that unsubscribes nobody", async () => {
    await send(await createTemplate(app.api));
    const [email] = await listCapturedEmails();
    const raw = (email?.raw ?? "").replace(/=\r?\n/g, "").replace(/\r?\n\s/g, " ");
    const path = new URL(/List-Unsubscribe: <([^>]+)>/.exec(raw)?.[1] ?? "https://mail.test/none").pathname;
    const answer = await app.api.call("POST", path, {
      token: null,
      raw: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect([answer.status, await countOf("suppressions"), await countOf("events")]).toEqual([404, 0, 0]);
  });

  test("can show one recipient's data, and is not sent to that recipient", async () => {
    const id = (await save({ bodyHtml: "<p>Hi {{recipient.salutation}} of {{property.streetAddress}}</p>" }))
      .json.id;
    const { json: campaign } = await app.api.post(
      "/api/campaigns",
      buildLaunchBody(id, { recallSeconds: 600 }),
    );
    const [recipientId = 0] = await listRecipientIds(campaign.id);
    expect((await send(id, { recipientId })).json).toMatchObject({
      ...{ to: "ann@brokerage-1.example", subject: "[Test] Your home at 123 Main St", exampleVariables: [] },
    });
    expect((await listCapturedEmails()).map(({ toEmail }) => toEmail)).toEqual(["ann@brokerage-1.example"]);
    const elsewhere = await send(id, { recipientId }, { token: await signToken({ prop: ["p-2"] }) });
    expect(elsewhere.json.error.fields).toEqual({ recipientId: "is not one of your recipients" });
  });

  test("has no address from the request, and is blocked by a stop or the do-not-email list", async () => {
    const id = await createTemplate(app.api);
    expect((await send(id, { to: "eve@example.com" })).status).toBe(400);
    expect((await send(id, { senderId: 999 })).json.error.fields).toHaveProperty("senderId");
    expect((await send(id, {}, { token: await signToken({ role: "viewer" }) })).status).toBe(403);
    await bindings.DB.prepare(
      "INSERT INTO suppressions (tenant_id, email, reason, source, created_at) VALUES (1, 'ann@brokerage-1.example', 'manual', 'test', 1)",
    ).run();
    expect((await send(id)).status).toBe(409);
    await bindings.DB.prepare("DELETE FROM suppressions").run();
    await bindings.DB.prepare("UPDATE tenants SET stopped_at = 1").run();
    expect((await send(id)).status).toBe(409);
    expect(await listCapturedEmails()).toEqual([]);
  });

  test("can be sent twenty times an hour by one tenant", async () => {
    const id = await createTemplate(app.api);
    for (let time = 0; time < 20; time += 1) expect((await send(id)).status).toBe(200);
    expect((await send(id)).status).toBe(409);
    expect((await listCapturedEmails()).length).toBe(20);
    app.api.advance(hour);
    expect((await send(id)).status).toBe(200);
  });
});
