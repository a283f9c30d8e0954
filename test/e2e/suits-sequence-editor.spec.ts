import { openCampaignsTab, openSequenceList } from "./demo.ts";
import { expect, test } from "./stories.ts";
import { createSuitsCheck } from "./suits.ts";

/* Checks the accessibility of the editor of a sequence: its steps and rules, in every state. */

const ownerAddress = "9 Mapleton Mews";

test("the editor of a sequence suits everybody, whatever is open in it", async ({ page }) => {
  const check = createSuitsCheck(page);
  const tab = await openCampaignsTab(page, ownerAddress);
  await openSequenceList(tab);
  await tab.getByRole("button", { name: "New sequence", exact: true }).click();
  const subject = tab.getByLabel("Subject", { exact: true });
  await expect(subject).toBeVisible();
  await check("a new sequence with things to finish");
  await tab.getByLabel("Name of the sequence").fill("Suits everybody");
  await subject.fill("Your roof");
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("How old is the roof?");
  await tab.getByRole("button", { name: "Add a task after step 1" }).click();
  await check("a task");
  await tab.getByLabel("What to do").fill("Ask about the roof");
  await tab.getByRole("button", { name: "Add an email after step 2" }).click();
  await text.fill("Glad you had a look.");
  await tab.getByLabel("Condition").selectOption("Only if they didn’t open the previous email");
  await tab.getByRole("combobox", { name: "Otherwise" }).selectOption("Send another email instead");
  await check("a condition with another email");
  await tab.locator(".sequence-rules").getByRole("combobox").selectOption("Other hours…");
  await check("hours of its own");
  await tab.getByRole("button", { name: "Delete email: step 3" }).click();
  await expect(tab.getByRole("button", { name: "Undo", exact: true }).last()).toBeVisible();
  await check("a deleted step");

  await page.route("**/api/sequences/*", (route) => route.abort());
  await tab.getByLabel("Name of the sequence").fill("Not saved");
  await expect(tab.locator("[data-save=retrying]")).toBeVisible();
  await check("a sequence that can't be saved");
  await page.unroute("**/api/sequences/*");
  await expect(tab.locator("[data-save=saved]")).toBeVisible();
});
