import type { Locator, Page } from "@playwright/test";
import {
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  openCampaignsTab,
  openSequenceList,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** An owner to whom no other test sends emails. */
const owner = { address: "2210 Alder Way", email: "priya.nair@example.com" };

test("an agent builds a sequence of two emails, a call and a condition at 360 px, and launches it", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await setWidth(page, 360);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();
  await expect(tab.getByRole("button", { name: "Duplicate Seller outreach" })).toBeVisible();
  await takePictures(page, "sequence-list");
  await tab.getByRole("button", { name: "New sequence" }).click();
  await tab.getByLabel("Name of the sequence").fill("Old roofs");
  await expect(tab.getByRole("button", { name: "Step 1: The subject is required" })).toBeVisible();

  await tab.getByRole("button", { name: "Step 1: The subject is required" }).click();
  await expect(tab.getByLabel("Subject", { exact: true })).toBeFocused();
  await tab.getByLabel("Subject", { exact: true }).fill("Your roof");
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.pressSequentially("Hi ");
  await tab.getByLabel("Insert", { exact: true }).selectOption("First name");
  await text.press("End");
  await text.pressSequentially(",\nhow old is the roof?");
  await tab.getByRole("button", { name: "Add a task after step 1" }).click();
  await tab.getByLabel("What to do").fill("Ask about the roof");
  await tab.getByRole("button", { name: "Add an email after step 2" }).click();
  await text.fill("Shall I send you a roofer’s name?");
  await tab.getByLabel("Condition").selectOption("Only if they didn’t open the previous email");
  await tab.getByRole("combobox", { name: "Otherwise" }).selectOption("Send another email instead");
  await tab.getByRole("button", { name: "Step 3: The text of the other email is required" }).click();
  const other = tab.getByRole("region", { name: "Otherwise, this email goes out instead" });
  await expect(other.getByRole("textbox", { name: "Text", exact: true })).toBeFocused();
  await other.getByRole("textbox", { name: "Text", exact: true }).fill("Glad you had a look.");
  const whole = tab.locator(".sequence-rules");
  await whole.getByRole("combobox").selectOption("Other hours…");
  await whole.getByLabel("Tue").uncheck();
  await whole.getByLabel("Until").fill("15:00");
  await whole.getByLabel("Withdrawn").check();
  await whole.getByLabel("End after days (optional)").fill("60");
  await saved(tab);
  await takePictures(page, "sequence-rules", whole);
  await expect(tab.getByText("to finish before")).toBeHidden();
  await expect(tab.getByText(/Wait 3 days · .*M[SD]T/)).toHaveCount(2);
  await takePictures(page, "sequence-editor");

  await tab.getByRole("button", { name: "Use it here" }).click();
  await expect(tab.getByText("Old roofs").first()).toBeVisible();
  await expect(tab.getByText("2 emails and 1 task over 6 days").first()).toBeVisible();
  const hours = tab.getByLabel("Hours, in the recipient’s time zone");
  await expect(hours.locator(":checked")).toHaveText("Mon, Wed, Thu, Fri, 10:00 AM to 3:00 PM");
  await expect(tab.getByText("or Withdrawn. Ends 60 days after launch.")).toBeVisible();
  await takePictures(page, "sequence-launch");
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);
  await expect(tab.getByRole("heading", { name: "Old roofs" })).toBeVisible();
});

/** Returns the titles of the steps, in order. */
const titles = (tab: Locator) => tab.locator(".step-card .disclosure > span").allInnerTexts();

test("by keyboard alone, steps are moved, copied, deleted and brought back", async ({ page }) => {
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "New outreach" }).press("Enter");
  await tab.getByRole("button", { name: "Change the sequence" }).press("Enter");
  await tab.getByRole("button", { name: "All sequences" }).press("Enter");
  await tab.getByRole("button", { name: "Duplicate Expired listing" }).press("Enter");
  await expect(tab.getByLabel("Name of the sequence")).toHaveValue("Copy of Expired listing");
  await tab.getByRole("button", { name: "Add a task after step 1" }).press("Enter");
  await expect(tab.getByLabel("What to do")).toBeFocused();
  await page.keyboard.type("Drop by");
  // The first digit stays in the field while the editor saves and shows that it has saved.
  const wait = tab.getByLabel("Wait", { exact: true });
  await wait.press("ControlOrMeta+a");
  await page.keyboard.type("1");
  await saved(tab);
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await expect(wait).toHaveValue("12");
  const grip = tab.getByRole("button", { name: /^Move step 2: / });
  await grip.focus();
  await page.keyboard.press("ArrowUp");
  await expect(tab.getByRole("button", { name: /^Move step 1: / })).toBeFocused();
  expect((await titles(tab))[0]).toContain("Drop by");
  await page.keyboard.press("ArrowDown");
  await tab.getByRole("button", { name: "Duplicate: step 2" }).press("Enter");
  await expect(tab.getByRole("status")).toHaveText("Step 2 duplicated");
  expect((await titles(tab)).filter((title) => title.includes("Drop by"))).toHaveLength(2);
  await tab.getByRole("button", { name: "Delete task: step 2" }).press("Enter");
  expect((await titles(tab)).filter((title) => title.includes("Drop by"))).toHaveLength(1);
  await tab.getByRole("button", { name: "Undo", exact: true }).press("Enter");
  await expect
    .poll(async () => (await titles(tab)).filter((title) => title.includes("Drop by")).length)
    .toBe(2);
  await saved(tab);
});

test("an earlier version of a letter is compared and restored", async ({ page }) => {
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  await tab.getByRole("button", { name: "Duplicate Seller outreach" }).click();
  await tab.locator(".step-card .disclosure").first().click();
  const preheader = tab.getByRole("textbox", { name: "Preview text" });
  await preheader.fill("Your roof, once more");
  await saved(tab);
  await tab.getByRole("button", { name: "Versions" }).click();
  await tab.locator(".version .disclosure").first().click();
  await expect(tab.locator(".compared ins")).not.toHaveCount(0);
  await takePictures(page, "letter-versions");
  await tab.getByRole("button", { name: "Restore this version" }).click();
  await expect(preheader).not.toHaveText("Your roof, once more");
  await saved(tab);
  await expect(tab.locator(".version")).toHaveCount(2);
});

const saved = (tab: Locator) => expect(tab.locator("[data-save=saved]")).toBeVisible();

const setWidth = (page: Page, width: number) => page.setViewportSize({ width, height: 800 });

test("a colleague's change of the rules is shown beside the agent's own, and one of the two stays", async ({
  page,
}) => {
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  const copying = page.waitForResponse((response) => response.url().endsWith("/duplicate"));
  await tab.getByRole("button", { name: "Duplicate Expired listing" }).first().click();
  const response = await copying;
  const { authorization = "" } = await response.request().allHeaders();
  const { id, version, rules } = (await response.json()) as { id: string; version: number; rules: object };
  await expect(tab.getByLabel("Name of the sequence")).toHaveValue(/Copy of/);
  const changed = await page.request.patch(`/api/sequences/${id}`, {
    headers: { authorization, "if-match": `"${version}"` },
    data: { rules: { ...rules, endsAfterDays: 90 } },
  });
  expect(changed.status()).toBe(200);

  await tab.getByLabel("End after days (optional)").fill("30");
  await expect(tab.getByText("changed this sequence while you were editing")).toBeVisible();
  const [mine, theirs] = [tab.locator(".versions > div").first(), tab.locator(".versions > div").last()];
  await expect(mine).toContainText("Ends 30 days after launch.");
  await expect(theirs).toContainText("Ends 90 days after launch.");
  await takePictures(page, "sequence-conflict", tab.locator(".versions"));
  await tab.getByRole("button", { name: "Use theirs" }).click();
  await expect(tab.getByLabel("End after days (optional)")).toHaveValue("90");
  await saved(tab);
});
