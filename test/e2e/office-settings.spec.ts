import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { advanceDemoToMonday, expectMails, listMailTo, openCampaignsTab, openNewestMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const home = { address: "58 Madrone Way", email: "noah.feldman@example.com" };

/** From now on, the CRM's backend signs all tokens for this role. */
async function becomeRole(page: Page, role: "teamLead" | "admin"): Promise<void> {
  await page.route("/demo/token", (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>;
    return route.continue({ postData: JSON.stringify({ ...body, role }) });
  });
}

async function tryToLaunch(page: Page) {
  const tab = await openCampaignsTab(page, home.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("checkbox", { name: /holidays/ }).uncheck();
  await tab.getByRole("button", { name: "Launch…" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }).click();
  await expect(
    tab.getByText("California requires Alex Morgan's own 8-digit DRE number").first(),
  ).toBeVisible();
  return tab;
}

test("a refused launch opens the missing setting, and can be completed afterwards", async ({ page }) => {
  await advanceDemoToMonday(page);
  const agent = await tryToLaunch(page);
  await expect(agent.getByText(/Your office’s administrator can fix this/).first()).toBeVisible();
  await expect(agent.getByRole("button", { name: /Fill this in/ })).toHaveCount(0);
  expect(await listMailTo(page, home.email)).toHaveLength(0);

  await becomeRole(page, "admin");
  const tab = await tryToLaunch(page);
  await takePictures(page, "settings-gate");
  await tab.getByRole("button", { name: /Fill this in/ }).click();
  const license = tab.getByRole("group", { name: "License 2" });
  const number = license.getByLabel("Agent’s own license number");
  await expect(number).toBeFocused();
  await takePictures(page, "settings-field");
  await number.fill("01234567");
  await license.getByLabel("License type").fill("Salesperson");
  await license.getByLabel("License state (two letters)").fill("co");
  await number.press("Enter");
  await expect(tab.getByText("This must be a state that no other license is from.")).toBeVisible();
  await license.getByLabel("License state (two letters)").fill("ca");
  await number.press("Enter");
  await expect(tab.getByText("Salesperson, CA, 01234567")).toBeVisible();
  await takePictures(page, "settings-licenses", license);
  await tab.getByRole("button", { name: "Back to your outreach" }).last().click();
  await expect(tab.getByRole("checkbox", { name: /holidays/ })).not.toBeChecked();
  await tab.getByRole("button", { name: "Launch…" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }).click();
  await expect(tab.getByRole("dialog")).toBeHidden();
  await expectMails(page, home.email, 1);
  const mail = await openNewestMail(page, home.email);
  await expect(mail.frameLocator("iframe").getByText(/DRE 01234567/)).toBeVisible();

  const settings = await openSettings(page);
  await settings.getByRole("button", { name: "Edit Alex Morgan" }).click();
  await settings.getByRole("button", { name: "Remove license 2" }).click();
  await settings.getByRole("button", { name: "Save the licenses" }).click();
  await expect(settings.getByText("Salesperson, CA, 01234567")).toBeHidden();
});

test("an agent can read the settings, a team lead import a list, and an admin attest a claim", async ({
  page,
}) => {
  const agent = await openSettings(page);
  await expect(agent.getByLabel("Office phone")).toHaveAttribute("readonly", "");
  await expect(agent.getByRole("button", { name: "Save" })).toHaveCount(0);
  await expect(agent.getByText("A team lead or an administrator can change this.").first()).toBeVisible();
  await takePictures(page, "settings-agent");

  await becomeRole(page, "teamLead");
  const lead = await openSettings(page);
  await lead.getByRole("button", { name: "Import a list" }).click();
  await lead.getByLabel("Name of the list").fill("Rye cease and desist");
  await lead.getByLabel("State (two letters)").last().fill("NY");
  await lead.getByLabel("Date on the list").fill("2026-01-05");
  const file = lead.getByLabel(/^CSV file/);
  await file.setInputFiles({
    name: "rye.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("address,zip\n1 Elm St,abc\n"),
  });
  await lead.getByRole("button", { name: "Import", exact: true }).click();
  await expect(lead.getByText(/line 2 has a ZIP code that isn't valid/)).toBeVisible();
  await takePictures(page, "settings-import");
  await file.setInputFiles({
    name: "rye.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("address,zip\n1 Elm St,10580\n"),
  });
  await lead.getByRole("button", { name: "Import", exact: true }).click();
  await expect(lead.getByText("Imported 1 line of Rye cease and desist.")).toBeVisible();
  await expect(lead.getByText("Import again").first()).toBeVisible();
  await takePictures(page, "settings-old-list");
  await lead.getByRole("button", { name: "Remove Rye cease and desist" }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(lead.getByText("None yet.")).toBeVisible();

  await becomeRole(page, "admin");
  const admin = await openSettings(page);
  await admin.getByLabel("What source, area, and time period?").fill("MLS, Denver, 2025, by closed sales");
  await admin.getByRole("button", { name: "Confirm it’s true" }).nth(1).dblclick();
  await expect(admin.getByText("“MLS, Denver, 2025, by closed sales”")).toBeVisible();
  await takePictures(page, "settings-claims");
  await admin.getByRole("button", { name: "Withdraw" }).click();
  await expect(admin.getByLabel("What source, area, and time period?")).toBeVisible();
  await admin.getByLabel("State (two letters)").first().fill("Colorado");
  await admin.getByLabel("Website", { exact: true }).fill("cairn");
  await admin.getByRole("button", { name: "Save" }).first().click();
  await expect(admin.getByLabel("Website", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await takePictures(page, "settings-fault");
});

test("an admin makes the rules about listings, other campaigns and sources stricter, never looser", async ({
  page,
}) => {
  await becomeRole(page, "admin");
  const tab = await openSettings(page);
  const saved = tab.getByText("Saved", { exact: true });
  const rules = tab.getByRole("link", { name: /What each state requires/ });
  await expect(rules).toHaveAttribute("href", /\/state-rules$/);
  const listings = tab.locator("section").filter({ hasText: "Listed homes" });
  const days = listings.getByLabel("Days without emails after a sale");
  await expect(days).toHaveValue("180");
  await days.fill("90");
  await days.press("Enter");
  await expect(listings.getByText(/must be at least 180/)).toBeVisible();
  await days.fill("365");
  await listings.getByLabel("Your office’s keys in the MLS").fill("CM-1, CM-2");
  await days.press("Enter");
  await expect(saved).toBeVisible();
  await listings.getByRole("checkbox", { name: "Withdrawn" }).click();
  await expect(listings.getByRole("checkbox", { name: "Withdrawn" })).toBeChecked();
  await listings.getByLabel("Word in your CRM").fill("Temp off market");
  await listings.getByLabel("Means").selectOption({ label: "Withdrawn" });
  await listings.getByRole("button", { name: "Add the word" }).click();
  await expect(listings.getByText("“Temp off market”: Withdrawn")).toBeVisible();
  await takePictures(page, "settings-listings", listings);

  const sources = tab.locator("section").filter({ hasText: "A team lead has to approve campaigns" });
  const most = sources.getByLabel("Most emails to one person").first();
  await most.fill("3");
  await most.press("Enter");
  await expect(sources.getByText(/must be at most 2/)).toBeVisible();
  await most.fill("1");
  await most.press("Enter");
  await expect(saved.last()).toBeVisible();
  await takePictures(page, "settings-sources", sources);
  const others = tab.getByLabel("People whom another campaign is emailing");
  await others.selectOption({ label: "They always wait" });
  await expect(others).toHaveValue("holdAlways");
  await takePictures(page, "settings-policies", others);

  const again = await openSettings(page);
  await expect(again.getByLabel("Your office’s keys in the MLS")).toHaveValue("CM-1, CM-2");
  await again.getByLabel("People whom another campaign is emailing").selectOption({ index: 0 });
  await expect(again.getByLabel("People whom another campaign is emailing")).toHaveValue("hold");
  await again.getByRole("button", { name: "Remove Temp off market" }).click();
  await expect(again.getByText("“Temp off market”: Withdrawn")).toHaveCount(0);
  await again.getByRole("checkbox", { name: "Withdrawn" }).click();
  await expect(again.getByRole("checkbox", { name: "Withdrawn" })).not.toBeChecked();
});

test("a team lead saves the records of a campaign's emails, and of all emails to one person", async ({
  page,
}) => {
  const tab = await openCampaignsTab(page, home.address);
  await expect(tab.getByRole("heading", { name: "Campaigns" })).toBeVisible();
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await expect(tab.getByRole("button", { name: "Compliance records" })).toHaveCount(0);

  await becomeRole(page, "teamLead");
  const lead = await openCampaignsTab(page, home.address);
  await lead.getByRole("button", { name: "Seller outreach" }).first().click();
  const ofCampaign = page.waitForEvent("download");
  await lead.getByRole("button", { name: "Compliance records" }).click();
  const file = await ofCampaign;
  expect(file.suggestedFilename()).toMatch(/^compliance-\d+\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect([lines.length, lines[1]]).toEqual([2, expect.stringContaining(home.email)]);

  await page.goto("/");
  await page.getByRole("link", { name: "Outreach" }).click();
  const outreach = page.locator("doorknock-campaigns");
  await outreach.getByRole("button", { name: "Office settings" }).click();
  const records = outreach.locator("section").filter({ hasText: "Every email to one person" });
  await records.getByLabel("Email address").fill("nobody");
  await records.getByRole("button", { name: "Export" }).click();
  await expect(records.getByText(/must be an email address/)).toBeVisible();
  await takePictures(page, "settings-records", records);
  await records.getByLabel("Email address").fill(home.email);
  const ofPerson = page.waitForEvent("download");
  await records.getByRole("button", { name: "Export" }).click();
  expect(await readFile(await (await ofPerson).path(), "utf8")).toContain(home.email);
});

async function openSettings(page: Page) {
  const tab = await openCampaignsTab(page, "123 Main St");
  await tab.getByRole("button", { name: "Office settings" }).click();
  await expect(tab.getByRole("heading", { name: "Office settings" })).toBeVisible();
  await expect(tab.getByText("alex@cairn-main.example.com")).toBeVisible();
  return tab;
}
