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

const owner = { address: "1412 Larkspur Ct", name: "Rosa Lind", email: "rosa.lind@example.net" };

test("an agent changes two emails for one person, and reads the one that left", async ({ page }) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();

  await tab.getByRole("button", { name: `Change for ${owner.name}` }).click();
  await expect(tab.getByLabel(`Text for ${owner.name}`)).toHaveValue(/^Hi Rosa,/);
  await takePictures(page, "personal-wording-launch-editor", tab.getByLabel(`Subject for ${owner.name}`));
  await tab.getByLabel(`Subject for ${owner.name}`).fill("Your new porch");
  await tab.getByLabel(`Text for ${owner.name}`).fill("Hello {{#if");
  await tab.getByRole("button", { name: `Save for ${owner.name}` }).click();
  await expect(tab.getByText(/^The text /)).toBeVisible();
  const words =
    "Hello Rosa,\n\nI saw the new porch on Larkspur Court.\n\n{{property.porchColor}} suits it.\n\nAlex";
  await tab.getByLabel(`Text for ${owner.name}`).fill(words);
  await tab.getByRole("button", { name: `Save for ${owner.name}` }).click();
  await expect(tab.getByText(`Changed for ${owner.name}`).first()).toBeVisible();
  await takePictures(page, "personal-wording-launch-changed", tab.getByText("Missing details"));
  await tab.getByLabel("Porch color for email 1").fill("Blue");
  await takePictures(page, "personal-wording-missing-details");
  await tab.getByRole("button", { name: "Save details" }).click();
  await expect(tab.getByText("Porch color: “Blue”")).toBeVisible();
  await expect(tab.getByText("Emails that use it will wait")).toHaveCount(0);
  await takePictures(page, "personal-wording-filled-details");
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);

  await tab.getByRole("button", { name: owner.name }).first().click();
  const coming = tab.getByRole("button", { name: "Read email 2" });
  await coming.click();
  await tab.getByRole("button", { name: `Change for ${owner.name}` }).click();
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await expect(text.getByText("Rosa")).toBeVisible();
  await takePictures(page, "personal-wording-recipient-editor", text);
  await text.fill("Hello again Rosa, one more thing about the porch.");
  await tab.getByRole("button", { name: `Save for ${owner.name}` }).click();
  await expect(tab.getByText(`Changed for ${owner.name}`, { exact: true })).toBeVisible();
  await tab.getByRole("button", { name: "Read email 1" }).click();
  await expect(tab.getByText("This is the email exactly as it went out.")).toBeVisible();
  const left = tab.frameLocator(`iframe[title="Email 1 to ${owner.name}"]`);
  await expect(left.getByText("I saw the new porch on Larkspur Court.")).toBeVisible();
  await expect(left.getByText("Blue suits it.")).toBeVisible();
  await takePictures(page, "personal-wording-recipient");

  await advanceDemoClock(page, "4d");
  await expectMails(page, owner.email, 2);
  const mail = await openNewestMail(page, owner.email);
  await expect(mail).toContainText("Your new porch");
});
