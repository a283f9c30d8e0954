import type { Locator } from "@playwright/test";
import { advanceDemoToMonday, confirmLaunch, openCampaignsTab, openSequenceList } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** A property at which no other test launches. */
const owner = { address: "1630 Kestrel Ct" };

const saved = (tab: Locator) => expect(tab.locator("[data-save=saved]")).toBeVisible();

test("an agent compares two wordings, sees each before the launch, and chooses one under way", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  await tab.getByRole("button", { name: "New sequence", exact: true }).click();
  await tab.getByLabel("Name of the sequence").fill("Two wordings");
  await tab.getByLabel("Subject", { exact: true }).fill("Your roof");
  await tab.getByRole("textbox", { name: "Text", exact: true }).fill("How old is the roof?");
  await tab.getByRole("button", { name: "Add a wording to compare (A/B)" }).click();
  await expect(tab.getByLabel("After emails of each wording")).toHaveValue("30");
  const second = tab.getByRole("region", { name: "Wording B" });
  await second.getByLabel("Subject", { exact: true }).fill("A word about your roof");
  await second.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(second.locator(".envelope .strong")).toHaveText("A word about your roof");
  await expect(second.frameLocator("iframe").getByText("How old is the roof?")).toBeVisible();
  await tab.getByLabel("After emails of each wording").fill("5");
  await tab.getByLabel("After emails of each wording").blur();
  await expect(tab.getByLabel("After emails of each wording")).toHaveValue("10");
  await saved(tab);
  await takePictures(page, "wordings-editor", tab.getByLabel("Who chooses the better wording"));

  await tab.getByRole("button", { name: "Use it here" }).click();
  const which = tab.getByRole("group", { name: "Which wording" });
  await expect(which.getByRole("button", { name: "Wording A, 50%" })).toHaveAttribute("aria-pressed", "true");
  await which.getByRole("button", { name: "Wording B, 50%" }).click();
  await expect(tab.locator(".envelope .strong")).toHaveText("A word about your roof");
  await takePictures(page, "wordings-launch", which);
  await confirmLaunch(tab);

  const card = tab.locator(".steps > .step").filter({ hasText: "A/B test: 2 versions" });
  await expect(card).toContainText("After 10 emails of each wording and 48 hours for replies");
  await card.getByText("Choose a wording yourself").click();
  await takePictures(page, "wordings-choose", card);
  await card.getByRole("button", { name: "Wording B for everyone" }).click();
  await expect(card).toContainText(/chose wording B on .*\. Everyone after that gets it\./);
  await expect(card.getByRole("button", { name: "Wording B for everyone" })).toBeDisabled();
  await takePictures(page, "wordings-chosen", card);
  await card.getByRole("button", { name: "Keep using all of them" }).click();
  await expect(card).toContainText(/chose on .* to keep using all wordings\./);
});
