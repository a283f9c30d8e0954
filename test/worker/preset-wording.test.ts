import { beforeEach, describe, expect, test } from "vitest";
import type { Preset } from "../../shared/preset.ts";
import { day } from "../support/time.ts";
import {
  buildLaunchBody,
  createTenant,
  exampleOwner,
  getSenderId,
  signToken,
} from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { toReadablePreview, toReadableSentEmail } from "../support/worker/same-letter.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
});

const presetId = "sellerOutreach";
const preview = async (stepNumber: number, options = {}) =>
  app.api.post(
    "/api/templates/preview",
    {
      presetId,
      stepNumber,
      senderId: getSenderId(1),
      recipient: { email: exampleOwner.email, fullName: exampleOwner.fullName },
      property: exampleOwner.property,
    },
    options,
  );
const launch = (propertyId: string) =>
  app.api.post("/api/campaigns", buildLaunchBody(1, { steps: undefined, presetId, propertyId }));

/**
 * Launches the preset, stops the campaign, and changes the template of the campaign's first step.
 * Returns the template's id.
 */
async function editFirstStep(change: Record<string, unknown>): Promise<number> {
  const campaign = await launch("p-0");
  const { id, steps } = campaign.json;
  await app.api.patch(`/api/campaigns/${id}/status`, { status: "stopped" });
  const edited = await app.api.patch(`/api/templates/${steps[0].templateId}`, change);
  expect([campaign.status, edited.status]).toEqual([201, 200]);
  return steps[0].templateId;
}

const ownWording = {
  subject: "About {{property.streetAddress}}, in our words",
  preheader: "Ours.",
  bodyHtml: "<p>Dear {{recipient.salutation}}, the pool is {{property.poolFeatures}}.</p>",
};

describe("a preset that the office has edited", () => {
  test("is listed and previewed in the office's wording, with its missing values", async () => {
    await editFirstStep(ownWording);
    const { items } = (await app.api.get("/api/presets")).json as { items: Preset[] };
    const listed = items.find(({ id }) => id === presetId);
    expect(listed?.steps[0]).toMatchObject(ownWording);
    expect(listed?.steps[0]).not.toHaveProperty("variables");
    const shown = (await preview(1)).json;
    expect([shown.subject, shown.missingVariables]).toEqual([
      "About 123 Main St, in our words",
      ["property.poolFeatures"],
    ]);
    expect(shown.html).toContain("Dear Jane, the pool is ");
    // The follow-up continues the thread, so its subject is the edited subject.
    expect((await preview(2)).json.subject).toBe("About 123 Main St, in our words");
  });

  test("is sent as it was previewed", async () => {
    const bodyHtml = "<p>Dear {{recipient.salutation}}, our own words.</p>";
    await editFirstStep({ ...ownWording, bodyHtml });
    const shown = await preview(1);
    await launch("p-1");
    await app.pass(3);
    expect(app.calls.map(toReadableSentEmail)).toEqual([toReadablePreview(shown.json)]);
    expect(app.calls[0]?.html).toContain("our own words");
    app.advance(3 * day);
    const second = await preview(2);
    await app.pass(3);
    expect(app.calls.slice(1).map(toReadableSentEmail)).toEqual([toReadablePreview(second.json)]);
  });

  test("is not changed for another office", async () => {
    await editFirstStep(ownWording);
    await createTenant(2);
    const token = await signToken({ tenantId: 2 });
    const { items } = (await app.api.get("/api/presets", { token })).json as { items: Preset[] };
    expect(items.find(({ id }) => id === presetId)?.steps[0]?.subject).toMatch(/^Question about/);
  });

  test("is the built-in preset again after the office deletes its copy", async () => {
    const templateId = await editFirstStep(ownWording);
    const deleted = await app.api.delete(`/api/templates/${templateId}`);
    expect(deleted.status).toBe(204);
    expect((await preview(1)).json.subject).toBe("Question about 123 Main St");
    const again = await launch("p-1");
    expect(again.json.steps[0].subject).toMatch(/^Question about/);
  });
});

test("a Spanish preset leaves with a Spanish footer, as it was previewed", async () => {
  const body = buildLaunchBody(1, { steps: undefined, presetId: "sellerOutreachEs", propertyId: "p-1" });
  expect((await app.api.post("/api/campaigns", body)).status).toBe(201);
  await app.pass(3);
  const [sent] = app.calls;
  expect(sent?.html).toContain("Cancelar suscripción");
  expect(sent?.html).toContain("Anuncio publicitario (advertisement)");
  expect(sent?.text).toContain("Recibió este correo porque");
  expect(sent?.html).toMatch(/<p>Hola, \p{Lu}/u);
});
