import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/**
 * The address of a property whose campaign stays a draft in this test, so that nobody gets an
 * email.
 */
const address = "1200 Cedar Ter";

async function openDraft(page: Page): Promise<Locator> {
  const tab = await openCampaignsTab(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await tab.getByRole("button", { name: "Select none" }).click();
  await tab.getByRole("checkbox", { name: "Ana Beltran" }).check();
  await tab.getByRole("button", { name: "Save draft" }).click();
  await tab.getByRole("button", { name: "Add people…" }).click();
  await expect(tab.getByRole("heading", { name: "Add people" })).toBeVisible();
  return tab;
}

test("people come into a draft by hand, from the contacts, by paste and from a file, and each is told of", async ({
  page,
}) => {
  const tab = await openDraft(page);
  const click = (name: string | RegExp) => tab.getByRole("button", { name }).first().click();
  await tab.getByRole("textbox", { name: "Name" }).fill("Sol Vega");
  await page.keyboard.press("Tab");
  await page.keyboard.type("sol.vega@example.com");
  await page.keyboard.press("Enter");
  await expect(tab.getByRole("listitem").filter({ hasText: "Sol Vega" })).toBeVisible();
  await expect(tab.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("Without Address");
  await page.keyboard.press("Enter");
  await expectAccessible(page);
  await takePictures(page, "add-people-hand");
  await click("Check 2 people");
  await expect(tab.getByText("Ready to add: 2 people")).toBeVisible();
  await takePictures(page, "add-people-check-hand");
  await click("Add 2 people");
  await expect(tab.getByText("Added: 2 people")).toBeVisible();

  await click("Add more people");
  await click("Contacts");
  await click(/^Select all/);
  await takePictures(page, "add-people-contacts");
  await click("Check 13 people");
  await expect(
    tab.getByRole("listitem").filter({ hasText: "Already in this campaign" }).first(),
  ).toContainText("1");
  await click("Add 12 people");
  await expect(tab.getByText("Added: 12 people")).toBeVisible();

  await click("Add more people");
  await click("Paste");
  await tab.getByRole("textbox").fill("Sol Vega <sol.vega@example.com>\nnew.one@example.com, broken@\n");
  await click("Read");
  await tab
    .getByRole("combobox", { name: "How does your office know these people?" })
    .selectOption("referral");
  await click(/^Check/);
  await expect(tab.getByText("Ready to add:")).toBeVisible();
  await tab.getByRole("button", { name: "Back", exact: true }).click();
  await addFile(page, tab);
});

const csv = [
  "sep=;",
  "Owner Name;Email;Phone;Mail City;Notes",
  "Faye Underwood;faye.underwood@example.com;303-555-0100;Boise;=HYPERLINK(1)",
  "Gus Lund;gus at example;303-555-0101;Boise;x",
  "Faye Twice;FAYE.UNDERWOOD@example.com;;;",
  "Sol Vega;sol.vega@example.com;;;",
  "No Mail;;303-555-0102;Reno;",
].join("\r\n");

async function addFile(page: Page, tab: Locator): Promise<void> {
  const click = (name: string | RegExp) => tab.getByRole("button", { name }).first().click();
  await click("CSV file");
  await takePictures(page, "add-people-file");
  const field = tab.getByLabel("CSV file of up to 10,000 people and 5 MB");
  await field.setInputFiles({
    name: "people.xlsx",
    mimeType: "text/csv",
    buffer: Buffer.from("PK\u0003\u0004"),
  });
  await expect(tab.getByText("This is an Excel workbook. Save it as CSV first.")).toBeVisible();
  await field.setInputFiles({ name: "owners.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(tab.getByRole("combobox", { name: "What “Mail City” means" })).toHaveValue("mailingCity");
  await tab.getByRole("combobox", { name: "What “Notes” means" }).selectOption("skip");
  const source = tab.getByRole("combobox", { name: "How does your office know these people?" });
  await source.selectOption("probate");
  await tab.getByRole("checkbox", { name: /personal representative/ }).check();
  await expect(tab.locator(".first-person").first()).not.toContainText("true");
  await takePictures(page, "add-people-probate");
  await source.selectOption("list");
  await expectAccessible(page);
  await takePictures(page, "add-people-columns");
  await click("Check 3 people");
  await expect(tab.getByText("Ready to add: 2 people")).toBeVisible();
  await tab.getByText("Show all").click();
  await expect(tab.getByText("“gus at example” is not an email address")).toBeVisible();
  await expect(tab.getByText("The same person is on line 3")).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "add-people-left-out");
  const download = page.waitForEvent("download");
  await click("Download list");
  expect((await download).suggestedFilename()).toBe("left-out.csv");
  await click("Add 2 people");
  await expect(tab.getByText("Added: 2 people")).toBeVisible();
  await takePictures(page, "add-people-added");
  await click("Back to people");
  await tab.getByRole("searchbox", { name: "Search by name or email" }).fill("faye");
  await expect(tab.getByText("Faye Underwood")).toBeVisible();

  await click("Add people…");
  await click("Add more people");
  await click("CSV file");
  await field.setInputFiles({ name: "next.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(tab.getByRole("combobox", { name: "What “Notes” means" })).toHaveValue("skip");
}
