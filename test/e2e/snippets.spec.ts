import type { Locator } from "@playwright/test";
import { advanceDemoToMonday, confirmLaunch, expectMails, openCampaignsTab, openNewestMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** An owner to whom no other test sends emails. */
const owner = { address: "1731 Juniper Ct", email: "theo.lindgren@example.com" };

const words = {
  name: "How we work",
  first: "We answer within one day.",
  changed: "We answer within two hours.",
};

const saved = (tab: Locator) => expect(tab.locator("[data-save=saved]")).toBeVisible();

test("a snippet is written once, used in a letter, changed, and sent with its new text", async ({ page }) => {
  await page.route("**/demo/token", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), role: "teamLead" }) }),
  );
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await page.setViewportSize({ width: 480, height: 900 });
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();

  await tab.getByRole("button", { name: "New snippet" }).click();
  await tab.getByLabel("Name", { exact: true }).fill(words.name);
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.fill(words.first);
  await takePictures(page, "snippet-new", tab.locator(".snippets"));
  await tab.getByRole("button", { name: "Save", exact: true }).click();
  const row = tab.getByRole("listitem").filter({ hasText: words.name });
  await expect(row).toContainText("Not used yet");

  await tab.getByRole("button", { name: "New sequence" }).click();
  await tab.getByLabel("Name of the sequence").fill("With a snippet");
  await tab.getByLabel("Subject", { exact: true }).fill("Your home");
  await text.fill("May I call?");
  await tab.getByLabel("Insert", { exact: true }).selectOption(words.name);
  await expect(text).toContainText(words.name);
  await saved(tab);
  await takePictures(page, "snippet-in-letter", text);
  await text.locator(".chip", { hasText: words.name }).click();
  await takePictures(page, "snippet-chip", text);
  await tab.getByRole("button", { name: "Make this text part of the email" }).click();
  await expect(text).toContainText(words.first);
  await expect(text).not.toContainText(words.name);
  await tab.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(text).toContainText(words.name);
  await saved(tab);
  await tab.getByRole("button", { name: "Preview", exact: true }).first().click();
  await expect(tab.frameLocator("iframe").getByText(words.first)).toBeVisible();

  await tab.getByRole("button", { name: "Sequences", exact: true }).click();
  await expect(row).toContainText("Used in 1 email");
  await expect(row.getByRole("button", { name: `Delete ${words.name}` })).toHaveCount(0);
  await row.getByRole("button", { name: `Edit ${words.name}` }).click();
  await row.getByRole("textbox", { name: "Text", exact: true }).fill(words.changed);
  await takePictures(page, "snippet-change", tab.locator(".snippets"));
  await row.getByRole("button", { name: "Save", exact: true }).click();
  await expect(row).toContainText(words.changed);
  await takePictures(page, "snippet-list", tab.locator(".snippets"));
  await tab.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(row).toContainText(words.first);
  await row.getByRole("button", { name: `Edit ${words.name}` }).click();
  await row.getByRole("textbox", { name: "Text", exact: true }).fill(words.changed);
  await row.getByRole("button", { name: "Save", exact: true }).click();
  await expect(row).toContainText(words.changed);

  await tab.getByRole("button", { name: "Use here: With a snippet" }).click();
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);
  const letter = await openNewestMail(page, owner.email);
  await expect(letter.frameLocator("iframe").getByText(words.changed)).toBeVisible();
});
