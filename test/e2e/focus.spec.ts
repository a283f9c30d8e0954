import type { Locator, Page } from "@playwright/test";
import { confirmLaunch, openCampaignsTab } from "./demo.ts";
import { expect, test } from "./stories.ts";

/**
 * A property with one contact, who has no email address. No other test launches at this property.
 */
const address = "740 Larkspur Ct";
const ada = { name: "Ada Lum", email: "ada.lum@example.com" };
/** Keeps the campaign running after Ada's emails are stopped. */
const ben = { name: "Ben Lum", email: "ben.lum@example.com" };

test("after each change the focus stays where the agent was, so that Escape closes the host's drawer", async ({
  page,
}) => {
  const tab = await openCampaignsTab(page, address);
  const press = (name: string) => tab.getByRole("button", { name, exact: true }).click();
  const confirm = (name: string) => tab.getByRole("dialog").getByRole("button", { name }).click();
  const expectFocus = (role: "button" | "heading" | "textbox", name: string) =>
    expectFocusAndEscape(page, tab.getByRole(role, { name, exact: true }));

  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await test.step("Add a person", async () => {
    await press("Add a person");
    await expectFocus("textbox", "Name");
    await press("Add a person");
    await press("Cancel");
    await expectFocus("button", "Add a person");
    await addPerson(tab, ada);
    await expectFocus("button", "Add a person");
    await addPerson(tab, ben);
  });
  await test.step("change an email for one person", async () => {
    await tab.getByRole("checkbox", { name: /Walter Brandt/ }).uncheck();
    await press(`Change for ${ada.name}`);
    await expectFocus("textbox", `Subject for ${ada.name}`);
    await press(`Change for ${ada.name}`);
    await press("Cancel");
    await expectFocus("button", `Change for ${ada.name}`);
  });
  await test.step("Undo, and launch again", async () => {
    await confirmLaunch(tab);
    await expectFocus("heading", "Seller outreach");
    await press("Undo launch");
    await expectFocus("heading", "New outreach");
    await confirmLaunch(tab);
    await expectFocus("heading", "Seller outreach");
  });
  await test.step("pause and resume the campaign", async () => {
    await press("Pause");
    await expectFocus("button", "Resume");
    await press("Resume");
    await expectFocus("button", "Pause");
  });
  await tab.getByRole("button", { name: ada.name }).click();
  await test.step("Snooze", async () => {
    await press("Snooze");
    await press("7 days");
    await expectFocus("button", "End snooze");
    await press("End snooze");
    await expectFocus("button", "Snooze");
  });
  await test.step("Stop one person", async () => {
    await press("Stop");
    await confirm("Cancel");
    await expectFocus("button", "Stop");
    await press("Stop");
    await confirm("Stop emails");
    await expectFocus("heading", ada.name);
  });
  await press("Seller outreach");
  await test.step("Stop the campaign", async () => {
    await press("Stop");
    await confirm("Stop campaign");
    await expectFocus("heading", "Seller outreach");
  });
});

test("the focus stays in the tab as the office is stopped and resumed, and as a setting is saved", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByLabel("Your role in the demo").selectOption("admin");
  await page.getByRole("button", { name: address }).click();
  const drawer = page.getByRole("dialog", { name: address });
  await drawer.getByRole("tab", { name: "Campaigns" }).click();
  const tab = drawer.locator("doorknock-campaigns");
  const press = (name: string) => tab.getByRole("button", { name, exact: true }).click();
  const confirm = (name: string) => tab.getByRole("dialog").getByRole("button", { name }).click();

  // The list of campaigns moves the button when it comes.
  await expect(tab.getByRole("button", { name: "Stop all outreach…" })).toBeVisible();
  await expect(tab.locator(".skeleton")).toHaveCount(0);
  await press("Stop all outreach…");
  await confirm("Stop all outreach");
  await expectFocusAndEscape(page, tab.getByRole("heading", { name: "Campaigns", level: 2 }));
  await press("Resume…");
  await confirm("Resume");
  await expectFocusAndEscape(page, tab.getByRole("heading", { name: "Campaigns", level: 2 }));

  await press("Office settings");
  const setting = tab.getByRole("checkbox").first();
  await setting.focus();
  const answered = page.waitForResponse((response) => response.request().method() === "PATCH");
  await page.keyboard.press("Space");
  await answered;
  await expect(setting).toBeEnabled();
  await expectFocusAndEscape(page, setting);
  await setting.click();
});

async function addPerson(tab: Locator, person: { name: string; email: string }): Promise<void> {
  await tab.getByRole("button", { name: "Add a person" }).click();
  await tab.getByRole("textbox", { name: "Name" }).fill(person.name);
  await tab.getByRole("textbox", { name: "Email address" }).fill(person.email);
  await tab.getByRole("button", { name: "Add", exact: true }).click();
}

/**
 * Checks that `place` has the focus, and that Escape then closes the host's drawer. Then opens the
 * drawer and its tab "Campaigns" again, so that the next steps of the test start from the same
 * view.
 */
async function expectFocusAndEscape(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeFocused();
  const drawer = page.getByRole("dialog", { name: address });
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await page.getByRole("button", { name: address }).click();
  await drawer.getByRole("tab", { name: "Campaigns" }).click();
}
