import type { Locator, Page } from "@playwright/test";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  openCampaignsTab,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** An owner to whom no other test sends emails. */
const owner = { address: "88 Wren Hollow Dr", email: "iris.falk@example.org", name: "Iris Falk" };

async function becomeRole(page: Page, role: "agent" | "viewer"): Promise<void> {
  await page.unroute("**/demo/token");
  await page.route("**/demo/token", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), role }) }),
  );
}

test("a viewer reads everything and sees no button that cannot work, and a refusal says so", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);

  await becomeRole(page, "viewer");
  // After an hour, the agent's token has expired, and the CRM signs a token for a viewer.
  await advanceDemoClock(page, "1h");
  await tab.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(tab.getByText("You don’t have permission to do this", { exact: true })).toBeVisible();
  await expect(tab.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await takePictures(page, "roles-refused");

  await openCampaignsTab(page, owner.address);
  await expect(tab.getByRole("button", { name: "Seller outreach" })).toBeVisible();
  await expectButtons(tab, ["Seller outreach"]);
  await takePictures(page, "roles-viewer-list");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await expect(tab.getByText("iris.falk@example.org")).toBeVisible();
  await expectButtons(tab, ["Campaigns", "Export", owner.name]);
  const download = page.waitForEvent("download");
  await tab.getByRole("button", { name: "Export" }).click();
  expect((await download).suggestedFilename()).toMatch(/[.]csv$/);
  await takePictures(page, "roles-viewer-campaign");
  await tab.getByRole("button", { name: owner.name }).click();
  await tab.getByRole("button", { name: "Read email 1" }).click();
  await expect(tab.getByText("This is the email exactly as it went out.")).toBeVisible();
  await tab.getByRole("button", { name: "Read email 2" }).click();
  await expect(tab.locator(`iframe[title="Email 2 to ${owner.name}"]`)).toBeVisible();
  await expectButtons(tab, ["Seller outreach", "Close email 1", "Close email 2", "Read email 3"]);
  await takePictures(page, "roles-viewer-person");
});

/** Checks that the tab has exactly these buttons, in any order. */
async function expectButtons(tab: Locator, names: readonly string[]): Promise<void> {
  const found = await tab.evaluate((host) =>
    [...(host.shadowRoot?.querySelectorAll("button, input, select, textarea") ?? [])].map(
      (one) => one.getAttribute("aria-label") ?? one.textContent ?? one.localName,
    ),
  );
  expect(found.toSorted()).toEqual(names.toSorted());
}
