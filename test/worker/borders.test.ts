import { beforeEach, describe, expect, test } from "vitest";
import { createLaunchedCampaign, exampleOwner, listRecipientIds } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

type Entry = { data: string };
let app: App;

beforeEach(async () => {
  app = await openApp();
});

const abroad = { ...exampleOwner, templateData: { mailingAddress: "12 Bay St, Toronto, ON M5V 2T6" } };
const consent = { by: "Jane Doe", at: "2025-09-01T12:00:00Z", words: "Please email me.", to: "Brokerage 1" };

async function launchTo(recipient: object): Promise<number> {
  const { id } = await createLaunchedCampaign(app.api, { recipients: [recipient], recallSeconds: 0 });
  await app.run();
  return (await listRecipientIds(id))[0] ?? 0;
}

describe("an owner whose mail goes abroad", () => {
  test("gets an email only after consent is recorded, without a pixel or tracked links", async () => {
    const id = await launchTo(abroad);
    expect(app.calls).toEqual([]);
    expect((await app.api.get(`/api/recipients/${id}`)).json.whyNotYet.reason).toBe("needsConsent");

    const patched = await app.api.patch(`/api/recipients/${id}`, { consent });
    expect([patched.status, patched.json.consent.words]).toEqual([200, consent.words]);
    const audit = await bindings.DB.prepare("SELECT data FROM audit_log ORDER BY id DESC").first<Entry>();
    expect(JSON.parse(audit?.data ?? "")).toEqual({ fields: ["consent"], consent });
    await app.run();
    expect(app.calls).toHaveLength(1);
    const html = app.calls[0]?.html ?? "";
    expect(html).not.toMatch(/\/o\/|\/c\//);
    expect(html).toContain("/u/");
    expect(html).not.toContain("Advertisement from");
  });

  test("gets an email once the address is corrected to an American one", async () => {
    const id = await launchTo(abroad);
    const corrected = {
      templateData: { mailingCountry: "USA", mailingState: "CO", mailingPostalCode: "80206" },
    };
    expect((await app.api.patch(`/api/recipients/${id}`, corrected)).status).toBe(200);
    await app.run();
    expect(app.calls).toHaveLength(1);
  });

  test("may have given consent before the launch", async () => {
    await launchTo({ ...abroad, consent });
    expect(app.calls).toHaveLength(1);
    const audit = await bindings.DB.prepare("SELECT data FROM audit_log ORDER BY id").first<Entry>();
    expect(JSON.parse(audit?.data ?? "")).toMatchObject({ consents: 1 });
  });

  test("is named in the plan before the launch until the consent is given", async () => {
    const { templateData } = abroad;
    const { json } = await app.api.post("/api/campaigns/plan", {
      presetId: "sellerOutreach",
      recipients: [
        { templateData },
        { templateData, consent },
        {},
        { templateData: { mailingAddress: "12 rue de Rivoli, 75001 Paris" } },
        { templateData: { mailingAddress: "PO Box 5, Berlin, Allemagne" } },
      ],
    });
    const waits = json.items.map((one: { needsConsent: boolean }) => one.needsConsent);
    expect(waits).toEqual([true, false, false, true, true]);
  });

  test("sees in the preview the footer of a person who agreed", async () => {
    const content = { subject: "Your home", bodyHtml: "<p>Hello.</p>" };
    const preview = async (more: object) =>
      (await app.api.post("/api/templates/preview", { content, ...more })).json.text as string;
    expect(await preview({})).toContain("Advertisement from");
    const agreed = await preview({ consent });
    expect(agreed).not.toContain("Advertisement from");
    expect(agreed).toContain("you agreed to emails from Brokerage 1 on September 1, 2025");
  });

  test("gets no email by a consent that is dated in the future", async () => {
    const id = await launchTo(abroad);
    const ahead = { ...consent, at: "2035-01-01T00:00:00Z" };
    const refused = await app.api.patch(`/api/recipients/${id}`, { consent: ahead });
    expect([refused.status, Object.keys(refused.json.error.fields)]).toEqual([400, ["consent.at"]]);
    await app.run();
    expect(app.calls).toEqual([]);
  });

  test("is held in the preflight, while an owner with a US address is not", async () => {
    const recipients = [abroad, { ...exampleOwner, email: "home@example.com" }];
    const draft = await createLaunchedCampaign(app.api, { recipients, status: "draft" });
    const { json } = await app.api.post(`/api/campaigns/${draft.id}/preflight`, {});
    expect(json.items.map((one: { reason: string | null }) => one.reason)).toEqual(["needsConsent", null]);
  });
});

test("an owner with a US address gets the open pixel", async () => {
  await launchTo(exampleOwner);
  expect(app.calls[0]?.html).toMatch(/\/o\//);
});
