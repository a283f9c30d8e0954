import { beforeEach, expect, test } from "vitest";
import { receiveEmail } from "../../worker/receive/inbound.ts";
import { day, minute } from "../support/time.ts";
import { buildCampaignBody, createTemplate } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { listCapturedEmails } from "../support/worker/world.ts";

/*
 * Mary is in campaigns about two homes, each with a follow-up after three days. She answers the
 * first email with words that may ask for no more emails. CAN-SPAM gives ten business days for an
 * opt-out (16 CFR 316.5), and nobody may decide about her words in that time.
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
  const { json } = await app.api.post(
    "/api/campaigns",
    buildCampaignBody(templateId, {
      ...{ name: propertyId, propertyId, status: "active", recallSeconds: 0, ignoresCollisions: true },
      ...{ maxLatenessHours: 24 * 60, listingStatement: "Not listed." },
      steps: [{ templateId }, { templateId, delayDays: 3 }],
      recipients: [{ ...mary, property: { standardStatus: "Canceled" } }],
    }),
  );
  return json.id;
}

async function passDays(days: number): Promise<void> {
  for (let passed = 0; passed < days; passed++) {
    app.advance(day);
    await app.run();
  }
}

/** Returns the number of emails that went to Mary. Emails to the agent belong to no recipient. */
async function countEmailsToMary(): Promise<number> {
  return (await listCapturedEmails()).filter(({ recipientId }) => recipientId > 0).length;
}

async function answerFirstEmail(words: string): Promise<void> {
  const [email] = await listCapturedEmails();
  const headers = email?.raw.replace(/\r\n[ \t]+/g, " ") ?? "";
  const to = /^Reply-To: .*?([^\s<]+@reply\.test)/im.exec(headers)?.[1] ?? "";
  const lines = [
    `From: ${mary.email}`,
    `To: ${to}`,
    "Subject: Re: Home",
    "Message-ID: <a@example.com>",
    "",
    words,
  ];
  await receiveEmail(app.ctx, { from: mary.email, to, raw: new TextEncoder().encode(lines.join("\r\n")) });
}

async function readRecipient(campaignId: number) {
  const { json } = await app.api.get(`/api/campaigns/${campaignId}/recipients`);
  return (await app.api.get(`/api/recipients/${json.items[0].id}`)).json;
}

async function launchTwoHomesAndAnswer(words: string) {
  const first = await launch("p-1");
  await app.run();
  const second = await launch("p-2");
  app.advance(minute);
  await answerFirstEmail(words);
  return { first, second, before: await countEmailsToMary() };
}

test("a reply that may be an opt-out holds every email to the person, however long nobody decides", async () => {
  const { second, before } = await launchTwoHomesAndAnswer("I think I'd rather not get these.");
  await passDays(afterBound);
  expect(before).toBe(1);
  expect(await countEmailsToMary()).toBe(before);
  expect((await readRecipient(second)).whyNotYet.reason).toBe("undecidedReply");
});

test("nobody can launch a campaign to the person about a third home while nobody has decided", async () => {
  const { before } = await launchTwoHomesAndAnswer("I think I'd rather not get these.");
  expect(await launch("p-3")).toBeUndefined();
  const campaigns = await app.api.get("/api/campaigns");
  expect(campaigns.json.items.map(({ name }: { name: string }) => name).toSorted()).toEqual(["p-1", "p-2"]);
  await passDays(2);
  expect(await countEmailsToMary()).toBe(before);
});

test.each(["notRefused", "interested"])("the emails go on after the agent's decision %s", async (outcome) => {
  const { first, second, before } = await launchTwoHomesAndAnswer("I think I'd rather not get these.");
  await passDays(2);
  const { id } = await readRecipient(first);
  expect((await app.api.post(`/api/recipients/${id}/outcome`, { outcome })).status).toBeLessThan(300);
  await passDays(2);
  expect(await countEmailsToMary()).toBeGreaterThan(before);
  expect((await readRecipient(second)).whyNotYet?.reason).not.toBe("undecidedReply");
});

test("the agent's decision that the person wants no more emails ends every campaign", async () => {
  const { first, second, before } = await launchTwoHomesAndAnswer("I think I'd rather not get these.");
  const { id } = await readRecipient(first);
  await app.api.post(`/api/recipients/${id}/outcome`, { outcome: "noMore" });
  await passDays(afterBound);
  expect(await countEmailsToMary()).toBe(before);
  expect((await readRecipient(second)).status).toBe("stopped");
});

test("a plain reply about one home holds no email about another home", async () => {
  const { before } = await launchTwoHomesAndAnswer("Thank you. Which day suits you for a visit?");
  await passDays(2);
  expect(await countEmailsToMary()).toBeGreaterThan(before);
});
