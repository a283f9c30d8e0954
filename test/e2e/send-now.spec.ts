import type { Locator, Page, Route } from "@playwright/test";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  listMailTo,
  openCampaignsTab,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** A property at which only drafts.spec.ts also launches; that test sends no email. */
const owner = { address: "618 Wisteria Ln", preset: "Seller outreach" };

/**
 * Tells whether the focus is inside the tab. If the page's body has the focus, Escape does not
 * close the drawer.
 */
const hasFocus = (tab: Locator) => tab.evaluate((host) => host.shadowRoot?.activeElement !== null);

test("an undone launch comes back filled in, and Send now asks, can be undone, and sends", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: owner.preset }).first().click();
  await tab.getByRole("combobox", { name: /Hours/ }).selectOption("daily");
  await takePictures(page, "send-now-launch");
  await confirmLaunch(tab);
  await tab.getByRole("button", { name: "Undo launch" }).click();
  await expect(tab.getByRole("heading", { name: "New outreach" })).toBeFocused();
  await expect(tab.getByRole("combobox", { name: /Hours/ })).toHaveValue("daily");

  await confirmLaunch(tab);
  await takePictures(page, "send-now-undo-launch");
  const to = await findAddress(tab);
  await advanceDemoClock(page, "11s");
  await expectMails(page, to, 1);
  await tab.locator(".row .card-link").first().click();
  await tab.getByRole("button", { name: "Send now" }).click();
  const question = tab.getByRole("dialog");
  await expect(question.getByText("Their time")).toBeVisible();
  await takePictures(page, "send-now-question");
  await question.getByRole("button", { name: "Send now" }).click();
  await expect(question).toBeHidden();
  await tab.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(tab.getByRole("button", { name: "Undo", exact: true })).toHaveCount(0);
  expect(await hasFocus(tab)).toBe(true);
  await advanceDemoClock(page, "2m");
  expect(await listMailTo(page, to)).toHaveLength(1);

  await tab.getByRole("button", { name: "Send now" }).click();
  const release = await holdAnswer(page);
  await question.getByRole("button", { name: "Send now" }).click();
  // Browsers close a dialog on a second Escape. Doorknock's dialog must stay open until the answer
  // has arrived.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(question).toBeVisible();
  await release();
  await expect(question).toBeHidden();
  await expect(tab.getByRole("button", { name: "Undo", exact: true })).toBeVisible();
  await advanceDemoClock(page, "11s");
  await expectMails(page, to, 2);
});

/** Holds back the request of "Send now" until the test calls the returned function. */
async function holdAnswer(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  await page.route("**/api/recipients/*/send-now", async (route) => {
    if (route.request().method() === "POST") held.push(route);
    else await route.continue();
  });
  return async () => {
    await expect.poll(() => held.length).toBe(1);
    await held[0]?.continue();
  };
}

async function findAddress(tab: Locator): Promise<string> {
  const address = tab.locator(".row .cut").first();
  await expect(address).toContainText("@");
  return (await address.textContent()) ?? "";
}
