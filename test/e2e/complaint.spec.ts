import {
  advanceDemoClock,
  advanceDemoToMonday,
  expectMails,
  launchSellerOutreach,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const owner = { address: "88 Wren Hollow Dr", email: "iris.falk@example.org", name: "Iris Falk" };

test("a complaint ends the sequence, and reads as a complaint in the campaign and at the person", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  await launchSellerOutreach(page, owner.address);
  await expectMails(page, owner.email, 1);
  const mail = await openNewestMail(page, owner.email);
  await mail.getByRole("button", { name: "Mark as spam" }).click();
  await expect(mail.getByText("Spam", { exact: true })).toBeVisible();

  // Waits until the Worker counts the campaign's figures again.
  await advanceDemoClock(page, "1h");
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await expect(tab.getByText("1 marked as spam")).toBeVisible();
  await expect(tab.getByText("Marked as spam", { exact: true })).toBeVisible();
  await expect(tab.getByText("Unsubscribed", { exact: true })).toHaveCount(0);
  await takePictures(page, "complaint-campaign");
  await tab.getByRole("button", { name: owner.name }).first().click();
  await expect(tab.getByText("Marked as spam").first()).toBeVisible();
  await takePictures(page, "complaint-person");
  await advanceDemoClock(page, "14d");
  await expectMails(page, owner.email, 1);
});
