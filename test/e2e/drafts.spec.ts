import { advanceDemoToMonday, getDemoNow, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/**
 * A property at which send-now.spec.ts also launches, so this test deletes its campaign at the end.
 */
const owner = { address: "618 Wisteria Ln", preset: "Seller outreach" };
/**
 * The time from a Monday to the Wednesday of the next week, in ms. The day is not a Monday, because
 * many federal holidays are Mondays, and no emails are sent on a holiday.
 */
const nineDays = 9 * 24 * 60 * 60 * 1000;

test("a launch can be saved as a draft, changed, launched for its first day, and deleted", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: owner.preset }).first().click();
  const firstDay = new Date((await getDemoNow(page)) + nineDays).toISOString().slice(0, 10);
  await tab.getByLabel("Start date").fill(firstDay);
  await takePictures(page, "drafts-launch");
  await tab.getByRole("button", { name: "Save draft" }).click();
  await expect(tab.getByText("Draft", { exact: true })).toBeVisible();

  await tab.getByRole("button", { name: "Edit" }).click();
  await expect(tab.getByLabel("Start date")).toHaveValue(firstDay);
  await tab.getByLabel("Name").fill("Wisteria, after the holidays");
  await tab.getByRole("combobox", { name: /Hours/ }).selectOption("daily");
  await takePictures(page, "drafts-edit");
  await tab.getByRole("button", { name: "Save", exact: true }).click();
  await expect(tab.getByRole("heading", { name: "Wisteria, after the holidays" })).toBeVisible();
  await expect(tab.getByText(/Every day, 9:00/)).toBeVisible();

  await tab.getByRole("button", { name: "Campaigns", exact: true }).click();
  await expect(tab.getByRole("heading", { name: "Drafts" })).toBeVisible();
  await expect(tab.getByText("sent", { exact: true })).toHaveCount(0);
  await takePictures(page, "drafts-list");
  await tab.getByRole("button", { name: "Wisteria, after the holidays" }).click();
  await tab.getByRole("button", { name: "Delete" }).click();
  await takePictures(page, "drafts-delete");
  await tab.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

  await tab.getByRole("button", { name: "Launch", exact: true }).click();
  const month = new Date(`${firstDay}T12:00:00Z`).toLocaleString("en-US", {
    month: "short",
    timeZone: "UTC",
  });
  await expect(tab.getByText(`${month} ${Number(firstDay.slice(8))}`).first()).toBeVisible();
  await tab.getByRole("button", { name: "Undo launch" }).click();
  await tab.getByRole("button", { name: "Delete" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Delete draft" }).click();
  await expect(tab.getByText("Wisteria, after the holidays")).toHaveCount(0);
});
