import { beforeEach, expect, test } from "vitest";
import { day, minute } from "../support/time.ts";
import { buildCampaignBody, createTemplate } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

/*
 * CAN-SPAM gives ten business days for an opt-out (16 CFR 316.5). Mary is in campaigns about two
 * homes, each with a follow-up after three days. An agent's note works at once in both.
 */
const mary = { email: "mary@example.com", fullName: "Mary Ellison" };
/** Longer than ten business days, and past every follow-up. */
const afterBound = 20;

let app: App;
let templateId = 0;

beforeEach(async () => {
  app = await openApp();
  templateId = await createTemplate(app.api);
});

async function launch(propertyId: string): Promise<number> {
  const { status } = await app.api.post(
    "/api/campaigns",
    buildCampaignBody(templateId, {
      ...{ name: propertyId, propertyId, status: "active", recallSeconds: 0, ignoresCollisions: true },
      steps: [{ templateId }, { templateId, delayDays: 3 }],
      recipients: [{ ...mary, property: { standardStatus: "Canceled" } }],
      listingStatement: "Not listed.",
    }),
  );
  return status;
}

async function passDays(days: number): Promise<void> {
  for (let passed = 0; passed < days; passed++) {
    app.advance(day);
    await app.run();
  }
}

test("an opt-out that an agent notes by hand stops every email to the person from the same minute", async () => {
  await launch("p-1");
  await launch("p-2");
  await app.run();
  const before = (await listCapturedEmails()).length;
  app.advance(3 * day - minute);
  await app.api.post("/api/suppressions", { emails: [mary.email], note: "Asked on the phone." });
  await passDays(afterBound);
  expect(before).toBeGreaterThan(0);
  expect(await listCapturedEmails()).toHaveLength(before);
});
