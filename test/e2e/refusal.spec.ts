import type { Locator, Page } from "@playwright/test";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests owners who answer in their own words that they do not want to sell. The tab asks what the
 * answer means, and an agent decides with one click. The Worker then refuses the next launch to the
 * property, and quotes the owners' words. No other test sends emails to these owners.
 */
const owner = { address: "1124 Ridgeline Pl", email: "kai.akana@example.com" };
const words = "We are not selling, sorry. We love it here.";

async function openNewOutreach(page: Page): Promise<Locator> {
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "New outreach" }).click();
  return tab;
}

async function openRecipient(page: Page): Promise<Locator> {
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await expect(tab.getByText("Saying no?")).toBeVisible();
  await tab.getByRole("button", { name: /Kai Akana/ }).click();
  return tab;
}

test("a refusal in prose is shown as a question, and confirming it blocks the next launch", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const first = await openCampaignsTab(page, owner.address);
  await first.evaluate((element) => {
    const drawer = element as HTMLElement & { property: Record<string, unknown> };
    drawer.property = { ...drawer.property, StandardStatus: "Expired" };
  });
  await first.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(first);
  // At 10:00 in Denver, the sending hours in Honolulu have not begun.
  await advanceDemoClock(page, "4h");
  await expectMails(page, owner.email, 1);
  const mail = await openNewestMail(page, owner.email);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill(words);
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText("Replied", { exact: true })).toBeVisible();

  const undecided = await openNewOutreach(page);
  await expect(undecided.getByText(/Kai Akana may have said no on .*We are not selling/)).toBeVisible();
  await expect(undecided.getByRole("checkbox", { name: /Kai Akana/ })).toBeDisabled();
  await takePictures(page, "refusal-undecided");

  const tab = await openRecipient(page);
  await expect(tab.getByText("Are they saying no?")).toBeVisible();
  await takePictures(page, "refusal-question");
  await tab.getByRole("button", { name: "They said they’re not selling" }).click();
  await expect(tab.getByText("Are they saying no?")).toHaveCount(0);

  const refused = await openNewOutreach(page);
  await expect(refused.getByText(/Kai Akana said they’re not selling on .*We love it here/)).toBeVisible();
  await expect(
    refused.getByText("No one at this property can be emailed anymore.", { exact: false }),
  ).toBeVisible();
  await expect(refused.getByRole("checkbox", { name: /Kai Akana/ })).toBeDisabled();
  await takePictures(page, "refusal-refused");
});
