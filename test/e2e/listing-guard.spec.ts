import type { Locator } from "@playwright/test";
import type { ListingChecks } from "../../shared/listing-check.ts";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  openCampaignsTab,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const address = "2211 Lagoon Dr #1806";
const grace = "grace.nakamura@example.com";

/**
 * The tests run one after another, because the card in the last test appears above the campaign of
 * the first test.
 */
test.describe.configure({ mode: "serial" });

/**
 * Sets another status in the host's record, as a CRM does when its MLS feed has brought a new
 * status.
 */
const setStatus = (tab: Locator, status: string) =>
  tab.evaluate((element, StandardStatus) => {
    const drawer = element as HTMLElement & { property: Record<string, unknown> };
    drawer.property = { ...drawer.property, StandardStatus };
  }, status);

test("a campaign stops when the owner lists with another broker, and the drawer shows why", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, address);
  await setStatus(tab, "Expired");
  await tab.getByRole("button", { name: "Expired listing" }).click();
  await confirmLaunch(tab);
  await expectMails(page, grace, 1);

  const reported = page.waitForResponse(
    (answer) => answer.url().endsWith("/status") && answer.request().method() === "POST",
  );
  await setStatus(tab, "Active");
  expect(((await (await reported).json()) as { stopped: number }).stopped).toBe(1);
  await expect(tab.getByText("Completed", { exact: true }).first()).toBeVisible();
  await tab.getByRole("button", { name: "Grace Nakamura" }).click();
  await expect(
    tab.getByText(/^Stopped\. This home has been listed \(Active\) with another brokerage/),
  ).toBeVisible();
  await expect(tab.getByText(/NAR Code of Ethics, Article 16.*read on/)).toBeVisible();
  await takePictures(page, "listing-stopped");

  await advanceDemoClock(page, "7d");
  await expectMails(page, grace, 1);
});

test("a launch for a listed home is refused with the reason; an unclear status can be confirmed", async ({
  page,
}) => {
  const tab = await openCampaignsTab(page, "927 N Ocotillo Ave");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  const dialog = tab.getByRole("dialog");
  const launch = dialog.getByRole("button", { name: "Launch", exact: true });
  await expect(
    dialog.getByText(/This home has been listed \(Pending\) with another brokerage/),
  ).toBeVisible();
  await expect(launch).toHaveAttribute("aria-disabled", "true");
  await takePictures(page, "listing-refused");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await setStatus(tab, "Temp off");
  await tab.getByRole("button", { name: "Launch…" }).click();
  await expect(dialog.getByText(/The status “Temp off” doesn’t say/)).toBeVisible();
  await dialog.getByRole("checkbox", { name: /I have checked/ }).check();
  await takePictures(page, "listing-stated");
  await launch.click();
  await expect(dialog).toBeHidden();
});

test("a withdrawn listing needs a written release, which one click records", async ({ page }) => {
  const tab = await openCampaignsTab(page, "2147 W Foundry St");
  await setStatus(tab, "Withdrawn");
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  const dialog = tab.getByRole("dialog");
  const launch = dialog.getByRole("button", { name: "Launch", exact: true });
  await expect(dialog.getByText(/This listing is withdrawn/)).toBeVisible();
  await expect(launch).toHaveAttribute("aria-disabled", "true");
  await takePictures(page, "listing-withdrawn");
  await dialog.getByRole("button", { name: /released in writing/ }).click();
  await expect(dialog.getByText(/This listing is withdrawn/)).toBeHidden();
  await expect(launch).toHaveAttribute("aria-disabled", "false");
});

test("homes with an old status are listed on one card, which one answer clears", async ({ page }) => {
  // The demo's token covers one property, and opening the drawer of this property already counts as
  // checking the property. Therefore the test fakes the list of homes to check.
  const items: ListingChecks["items"] = ["18 Alder Ct", "740 Larkspur Ct", "86 Harbor Ln #4"].map(
    (label, index) => ({
      propertyId: `p_${index}`,
      label,
      code: "statusStale",
      message: `${label} was last known to be Expired nine days ago.`,
      reason: {
        ...{ code: "listingGuard", verdict: "statusStale", status: "Expired" },
        ...{ since: null, asOf: null, date: null },
      },
      status: "Expired",
      statusAt: null,
      askedAt: "2026-11-02T17:00:00.000Z",
      owners: 4,
    }),
  );
  const answers: unknown[] = [];
  await page.route("**/api/listing-checks", (route) => {
    const isAnswer = route.request().method() === "POST";
    if (isAnswer) answers.push(route.request().postDataJSON());
    return route.fulfill({ json: isAnswer ? { items: [], owners: 0 } : { items, owners: 12 } });
  });
  const tab = await openCampaignsTab(page, address);
  const question = tab.getByRole("heading", { name: "Still expired? 12 owners" });
  await expect(question).toBeVisible();
  await takePictures(page, "listing-card");
  await tab.getByRole("button", { name: "None of them are listed" }).click();
  await expect(question).toHaveCount(0);
  expect(answers).toMatchObject([{ propertyIds: ["p_0", "p_1", "p_2"], answer: "notListed" }]);
});
