import type { Page } from "@playwright/test";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  listMailTo,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const address = "4418 E Calle Redonda";
const miguel = "miguel.alvarado@example.com";
const rosa = "rosa.alvarado@example.net";

/**
 * The tests form one story of a couple: first one owner answers, and later the other owner opts
 * out.
 */
test.describe.configure({ mode: "serial" });

const openBuilder = async (page: Page) => {
  const tab = await openCampaignsTab(page, address);
  const again = tab.getByRole("button", { name: "New outreach" });
  const first = tab.getByRole("button", { name: "Seller outreach" }).first();
  await expect(again.or(first).first()).toBeVisible();
  if (await again.isVisible()) await again.click();
  else await first.click();
  await expect(tab.getByRole("button", { name: "Launch…" })).toBeVisible();
  return tab;
};

test("after an answer nobody is preselected, and a banner shows who answered what", async ({ page }) => {
  await advanceDemoToMonday(page);
  const tab = await openBuilder(page);
  await tab.getByRole("checkbox", { name: /Rosa/ }).uncheck();
  await confirmLaunch(tab);
  await expectMails(page, miguel, 1);
  const mail = await openNewestMail(page, miguel);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill("Rosa and I will talk about it. Call me on Thursday after four.");
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText("Replied", { exact: true })).toBeVisible();

  const again = await openBuilder(page);
  await expect(
    again.getByText(/Miguel Alvarado replied to “Seller outreach” on .*Call me on Thursday/),
  ).toBeVisible();
  await expect(again.getByRole("checkbox", { name: /Miguel/ })).not.toBeChecked();
  await expect(again.getByRole("checkbox", { name: /Rosa/ })).not.toBeChecked();
  await expect(again.getByText(/1 email so far, from/)).toBeVisible();
  await expect(again.getByText("Choose at least one recipient")).toBeVisible();
  await takePictures(page, "memory-answered");
});

test("an agent may still write to the co-owner, and to nobody there after she opts out", async ({ page }) => {
  const tab = await openBuilder(page);
  await tab.getByRole("checkbox", { name: /Rosa/ }).check();
  await confirmLaunch(tab);
  await expectMails(page, rosa, 1);
  const mail = await openNewestMail(page, rosa);
  await mail.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(mail.getByText("Unsubscribed", { exact: true })).toBeVisible();

  const again = await openBuilder(page);
  await expect(again.getByText(/Rosa Alvarado opted out of your office’s emails on/)).toBeVisible();
  await expect(again.getByRole("checkbox", { name: /Miguel/ })).toBeDisabled();
  await expect(again.getByRole("checkbox", { name: /Rosa/ })).toBeDisabled();
  await expect(again.getByRole("checkbox", { name: "Email them anyway" })).toHaveCount(0);
  await takePictures(page, "memory-closed");
});

test("a team lead can write to the other owner with a note, but not to the one who opted out", async ({
  page,
}) => {
  await page.route("**/demo/token", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), role: "teamLead" }) }),
  );
  await advanceDemoClock(page, "2d");
  const tab = await openBuilder(page);
  await tab.getByRole("checkbox", { name: "Email them anyway" }).check();
  await tab.getByRole("checkbox", { name: /Miguel/ }).check();
  await expect(tab.getByRole("checkbox", { name: /Rosa/ })).toBeDisabled();
  await expect(tab.getByRole("button", { name: "Launch…" })).toHaveAttribute("aria-disabled", "true");
  await tab.getByLabel(/^Why\?/).fill("Miguel called and asked for the report.");
  await takePictures(page, "memory-override");
  await confirmLaunch(tab);
  await expectMails(page, miguel, 2);
  expect(await listMailTo(page, rosa)).toHaveLength(1);
});
