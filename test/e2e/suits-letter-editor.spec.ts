import { openCampaignsTab, openSequenceList } from "./demo.ts";
import { expect, test } from "./stories.ts";
import { createSuitsCheck, expectAccessibleInBothThemes } from "./suits.ts";

/* Checks the accessibility of the editor of a letter, in every view and state. */

const ownerAddress = "9 Mapleton Mews";

test("the editor of a letter suits everybody, whatever is open in it", async ({ page }) => {
  const check = createSuitsCheck(page);
  const tab = await openCampaignsTab(page, ownerAddress);
  await openSequenceList(tab);
  await tab.getByRole("button", { name: "New sequence", exact: true }).click();
  const subject = tab.getByLabel("Subject", { exact: true });
  await expect(subject).toBeVisible();
  await subject.fill("Your roof");
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("Hi ");
  await tab.getByLabel("Insert", { exact: true }).selectOption("First name");
  await text.locator(".chip").first().click();
  await expect(tab.locator(".chip-panel")).toBeVisible();
  await check("a variable's panel");
  await text.press("End");
  await text.pressSequentially(" {{pri");
  await expect(tab.getByRole("listbox", { name: "Details to insert" })).toBeVisible();
  await expectAccessibleInBothThemes(page, "the completion of a variable");
  await text.press("Enter");
  await tab.getByRole("button", { name: "Link", exact: true }).click();
  await check("the form of a link");
  await tab.getByRole("button", { name: "Link", exact: true }).click();
  await tab.getByRole("button", { name: "Image", exact: true }).click();
  await check("the form of an image");
  await tab.getByRole("button", { name: "Image", exact: true }).click();
  await tab.getByRole("button", { name: "Edit as HTML" }).click();
  await tab.getByLabel("HTML", { exact: true }).fill("<p>{{recipient.first_name}}</p>");
  await expect(tab.getByRole("button", { name: /^Go to: / }).first()).toBeVisible();
  await check("the HTML with a finding");
  await tab.getByLabel("HTML", { exact: true }).fill("<p>How old is the roof?</p>");
  await tab.getByRole("button", { name: "Edit without HTML" }).click();

  await tab.getByRole("button", { name: "Add a wording to compare (A/B)" }).click();
  await check("two wordings");
  await tab.getByRole("button", { name: "Preview", exact: true }).first().click();
  await expect(tab.locator("iframe").first()).toBeVisible();
  await tab.getByRole("button", { name: "Dark", exact: true }).click();
  await check("a preview");
  await tab.getByRole("button", { name: "Text", exact: true }).first().click();
  await check("a preview of the text");
});
