import type { Page } from "@playwright/test";
import type { CampaignSummary } from "../../shared/campaign.ts";
import type { CampaignRecipient } from "../../shared/recipient.ts";
import { expectAccessible } from "./accessible.ts";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  countActionsInTab,
  expectMails,
  fetchFromApi,
  launchSellerOutreach,
  listMailTo,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const jane = "jane.doe@example.com";
const eleanor = "eleanor.whitlock@example.org";
const samuel = "samuel.okafor@example.net";
const thomas = "t.lindqvist@example.net";

/** The tests form one story: each test continues where the previous test ended. */
test.describe.configure({ mode: "serial" });

test("three clicks start a campaign from the property, after every email was shown", async ({ page }) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, "123 Main St");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await expect(tab.getByRole("checkbox", { name: /Jane Doe/ })).toBeChecked();

  for (const number of [1, 2, 3]) {
    const step = tab.getByRole("button", { name: new RegExp(`^Email ${number}: `) });
    if ((await step.getAttribute("aria-expanded")) !== "true") await step.click();
    const email = tab.frameLocator(`iframe[title="Email ${number} as Jane Doe will see it"]`);
    await expect(email.locator("body")).toContainText("Jane");
    await expect(email.locator("body")).toContainText("1600 Juniper St");
  }
  await takePictures(page, "drawer-launch");
  await expectAccessible(page);

  await confirmLaunch(tab);
  await expectMails(page, jane, 1);
  await expect(tab.getByText("Jane Doe").first()).toBeVisible();
});

test("the first email is in the mailbox as the owner gets it", async ({ page }) => {
  const mail = await openNewestMail(page, jane);
  await expect(mail.getByRole("heading")).toContainText("123 Main St");
  await expect(mail.frameLocator("iframe").locator("body")).toContainText("Jane");
  await expect(mail.frameLocator("iframe").getByRole("link", { name: /unsubscribe/i })).toBeVisible();
  await mail.getByRole("button", { name: "Open", exact: true }).click();
  await expect(mail.getByText("Opened", { exact: true })).toBeVisible();
});

test("a launch with known facts is three clicks, and three days later everybody gets the second email", async ({
  page,
}) => {
  const countActions = await countActionsInTab(page);
  await launchSellerOutreach(page, "1935 SE Alder Grove");
  expect(await countActions()).toEqual({ clicks: 3, changes: 0 });
  await expectMails(page, eleanor, 1);

  await page.getByRole("button", { name: "+3 days" }).click();
  await untilDue(page, async () => (await listMailTo(page, jane)).length === 2);
  await untilDue(page, async () => (await listMailTo(page, eleanor)).length === 2);
  await expectMails(page, jane, 2);
  await expectMails(page, eleanor, 2);
});

test("a reply stops the sequence, so that only the other owner gets the third email", async ({ page }) => {
  const mail = await openNewestMail(page, jane);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill("Yes, call me on Thursday after four.");
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText("Replied", { exact: true })).toBeVisible();

  await advanceDemoClock(page, "7d");
  await untilDue(page, async () => (await listMailTo(page, eleanor)).length === 3);
  await expectMails(page, jane, 2);

  const tab = await openCampaignsTab(page, "123 Main St");
  await tab
    .getByRole("button", { name: /^Seller outreach/ })
    .first()
    .click();
  await expect(tab.getByText(/replied/i).first()).toBeVisible();
  await takePictures(page, "drawer-campaign");
  await expectAccessible(page);
});

test("a bounce and an opt-out each stop the sequence for good", async ({ page }) => {
  await advanceDemoToMonday(page);
  await launchSellerOutreach(page, "301 W 141st Ter #5A");
  await launchSellerOutreach(page, "2906 Quarry St");
  await expectMails(page, samuel, 1);
  await expectMails(page, thomas, 1);
  const bounced = await openNewestMail(page, samuel);
  await bounced.getByRole("button", { name: "Bounce" }).click();
  await expect(bounced.getByText("Bounced", { exact: true })).toBeVisible();
  const left = await openNewestMail(page, thomas);
  await left.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(left.getByText("Unsubscribed", { exact: true })).toBeVisible();

  const reasons = async () => {
    const recipients = [...(await recipientsOf(page, "p_910")), ...(await recipientsOf(page, "p_1131"))];
    return recipients.map(({ stopReason }) => stopReason);
  };
  await expect.poll(reasons).toEqual(["bounced", "unsubscribed"]);
  await advanceDemoClock(page, "14d");
  await advanceDemoClock(page, "1d");
  await expectMails(page, samuel, 1);
  await expectMails(page, thomas, 1);
});

test("a team lead can stop and resume all outreach of the office, and an agent sees the stop", async ({
  page,
}) => {
  const agents = await openCampaignsTab(page, "123 Main St");
  await expect(agents.getByRole("button", { name: "New outreach" })).toBeVisible();
  await expect(agents.getByRole("button", { name: "Stop all outreach…" })).toHaveCount(0);

  await signInAs(page, "teamLead");
  const leads = await openCampaignsTab(page, "123 Main St");
  // The list of campaigns moves the button when it comes.
  await expect(leads.getByRole("button", { name: "New outreach" })).toBeVisible();
  await leads.getByRole("button", { name: "Stop all outreach…" }).click();
  await leads.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await leads.getByRole("button", { name: "Stop all outreach…" }).click();
  await leads.getByRole("dialog").getByRole("button", { name: "Stop all outreach", exact: true }).click();
  await expect(
    leads.getByText(/^All outreach from Cairn & Main Realty has been stopped since/),
  ).toBeVisible();
  await takePictures(page, "drawer-stopped");
  await expectAccessible(page);

  await signInAs(page, "agent");
  const seen = await openCampaignsTab(page, "123 Main St");
  await expect(seen.getByText(/A team lead or an administrator can resume it/)).toBeVisible();
  await expect(seen.getByRole("button", { name: "Resume…" })).toHaveCount(0);

  await signInAs(page, "teamLead");
  const again = await openCampaignsTab(page, "123 Main St");
  await again.getByRole("button", { name: "Resume…" }).click();
  await again.getByRole("dialog").getByRole("button", { name: "Resume", exact: true }).click();
  await expect(again.getByText(/has been stopped since/)).toHaveCount(0);
  await expect(again.getByRole("button", { name: "Stop all outreach…" })).toBeVisible();
});

/** From now on, the CRM's backend signs all tokens for this role. */
async function signInAs(page: Page, role: "agent" | "teamLead"): Promise<void> {
  await page.unroute("**/demo/token");
  await page.route("**/demo/token", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), role }) }),
  );
}

/**
 * Moves the clock hour by hour until `hasHappened` returns true, for at most two days. The sending
 * hours and a random delay can postpone an email by hours.
 */
async function untilDue(page: Page, hasHappened: () => Promise<boolean>): Promise<boolean> {
  for (let hour = 0; hour < 48; hour += 1) {
    try {
      await expect.poll(hasHappened, { timeout: 4000 }).toBe(true);
      return true;
    } catch {
      await advanceDemoClock(page, "1h");
    }
  }
  return false;
}

async function recipientsOf(page: Page, propertyId: string): Promise<CampaignRecipient[]> {
  const campaigns = await fetchFromApi<{ items: CampaignSummary[] }>(
    page,
    propertyId,
    `/api/campaigns?propertyId=${propertyId}`,
  );
  const [campaign] = campaigns.items;
  if (campaign === undefined) return [];
  const { items } = await fetchFromApi<{ items: CampaignRecipient[] }>(
    page,
    propertyId,
    `/api/campaigns/${campaign.id}/recipients`,
  );
  return items;
}
