import { expect, type Page, test } from "@playwright/test";
import { confirmLaunch, expectMails, goToMonday, openCampaigns, openMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";

/** An owner to whom no other story writes. */
const owner = { address: "77 Larkspur Way", email: "ingrid.halvorsen@example.net", name: "Ingrid Halvorsen" };

async function openHome(page: Page) {
  await page.goto("/");
  await page.getByRole("link", { name: "Outreach" }).click();
  return page.locator("doorknock-campaigns");
}

test("a reply to an email is handled from the home in one click, undone, and put off to a day", async ({
  page,
}) => {
  await goToMonday(page);
  const tab = await openCampaigns(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);
  const mail = await openMail(page, owner.email);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill("We may move in spring. Ask me again then.");
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText("Replied", { exact: true })).toBeVisible();

  const home = await openHome(page);
  const card = home.getByRole("listitem").filter({ hasText: owner.name });
  await expect(card.getByText("We may move in spring")).toBeVisible();
  await expect(card.getByText(owner.address)).toBeVisible();
  await takePictures(page, "home-replies");

  await card.getByRole("button", { name: "Interested" }).click();
  await expect(card).toHaveCount(0);
  await home.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByText("We may move in spring")).toBeVisible();

  await card.getByRole("button", { name: "Not now…" }).click();
  await takePictures(page, "home-not-now");
  await card.getByRole("button", { name: "Save" }).click();
  await expect(home.getByText(`${owner.name}: Marked as not now.`)).toBeVisible();
  await page.reload();
  await expect(home.getByRole("heading", { name: "Outreach" })).toBeVisible();
  await expect(home.getByText("We may move in spring")).toHaveCount(0);
});
