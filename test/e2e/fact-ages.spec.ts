import type { Page } from "@playwright/test";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  listMailTo,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const owner = { address: "2210 Juniper Bend Ct", name: "Opal Fenn", email: "opal.fenn@example.com" };

/** As the office's administrator, sets how old each value in an email may be. */
async function setAges(page: Page, maxFactAgeDays: Record<string, number>): Promise<void> {
  const signed = await page.request.post("/demo/token", { data: { role: "admin", propertyId: "p_881" } });
  const { token } = (await signed.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const answer = await page.request.patch("/api/tenant", { data: { maxFactAgeDays }, headers });
  expect(answer.status(), await answer.text()).toBe(200);
}

test.afterEach(async ({ page }) => setAges(page, {}));

test("an email with an old value says so, and goes when the agent confirms the value", async ({ page }) => {
  await advanceDemoToMonday(page);
  await setAges(page, { "property.yearBuilt": 2 });
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);
  await tab.getByRole("button", { name: owner.name }).first().click();
  await tab.getByRole("button", { name: "Read email 2" }).click();
  await tab.getByRole("button", { name: `Change for ${owner.name}` }).click();
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("Homes from {{property.yearBuilt}} sell well now.");
  await tab.getByRole("button", { name: `Save for ${owner.name}` }).click();
  await expect(tab.getByText(`Changed for ${owner.name}`, { exact: true })).toBeVisible();

  await advanceDemoClock(page, "4d");
  const later = await openCampaignsTab(page, owner.address);
  await later
    .getByRole("button", { name: /^Seller outreach/ })
    .last()
    .click();
  await later.getByRole("button", { name: owner.name }).first().click();
  await expect(later.getByText(/“Year built” in this email is \d days old/)).toBeVisible();
  expect(await listMailTo(page, owner.email)).toHaveLength(1);
  const value = later.getByLabel(/^Year built/);
  await expect(value).toHaveValue("1956");
  await takePictures(page, "fact-ages-recipient");
  await later.getByRole("button", { name: "Save as up to date" }).click();
  await expect(value).toBeHidden();
  await expectMails(page, owner.email, 2);
  await expect(await openNewestMail(page, owner.email)).toContainText("Homes from 1956 sell well now");
});

test("an administrator limits the age of one more value", async ({ page }) => {
  await page.route("/demo/token", (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>;
    return route.continue({ postData: JSON.stringify({ ...body, role: "admin" }) });
  });
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Office settings" }).click();
  const before = tab.getByLabel("Oldest name or address in an email, in days");
  await before.fill("90");
  await tab.getByLabel("Limit another value").selectOption({ label: "Greeting" });
  const greeting = tab.getByLabel("Oldest “Greeting” in an email, in days");
  await greeting.fill("400");
  await greeting.press("Enter");
  await expect(greeting).toHaveAttribute("aria-invalid", "true");
  await takePictures(page, "fact-ages-settings", greeting);
  await greeting.fill("180");
  await greeting.press("Enter");
  await expect(tab.getByText("Saved", { exact: true })).toBeVisible();
  await tab
    .getByRole("button", { name: /Back|Campaigns/ })
    .first()
    .click();
  await tab.getByRole("button", { name: "Office settings" }).click();
  await expect(greeting).toHaveValue("180");
  await expect(before).toHaveValue("90");
});
