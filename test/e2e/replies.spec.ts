import type { Locator, Page } from "@playwright/test";
import { day } from "../support/time.ts";
import {
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  getDemoNow,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { recordNews } from "./page-news.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** Each test has an owner of its own, to whom no other test sends emails. */
const priya = { address: "5230 N Harbor View Ave", email: "priya.raman@example.com", name: /Priya/ };
const nina = { address: "86 Tannery Row #4", email: "nina.castellano@example.org", name: /Nina/ };
type Owner = typeof priya;

/**
 * Launches to the owner and answers the first email, as the owner or, with `isAutomatic`, as the
 * owner's mailbox. `writeWords` gets the time of the answer, so that the answer can name a later
 * day.
 */
async function launchAndReply(
  page: Page,
  { address, email }: Owner,
  reply: { writeWords: (now: number) => string; isAutomatic?: boolean },
): Promise<void> {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(tab);
  await expectMails(page, email, 1);
  const mail = await openNewestMail(page, email);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill(reply.writeWords(await getDemoNow(page)));
  if (reply.isAutomatic) await mail.getByRole("checkbox", { name: /out-of-office/ }).check();
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText(reply.isAutomatic ? "Auto-replied" : "Replied", { exact: true })).toBeVisible();
}

/** Opens the view of the owner as a recipient: clicks the campaign's card, and then the owner. */
async function openRecipient(page: Page, { address, name }: Owner): Promise<Locator> {
  const tab = await openCampaignsTab(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name }).click();
  await expect(tab.getByRole("heading", { name: "Activity" })).toBeVisible();
  return tab;
}

test("a reply that may be an opt-out is shown as a question, and one click makes it an opt-out", async ({
  page,
}) => {
  await launchAndReply(page, priya, { writeWords: () => "I think I’d rather not get these." });
  const listNews = await recordNews(page, ["dk:replied", "dk:unsubscribed", "dk:contact-updated"]);
  const list = await openCampaignsTab(page, priya.address);
  await expect(list.getByText("1 reply needs your answer")).toBeVisible();
  await takePictures(page, "replies-card");

  const tab = await openRecipient(page, priya);
  await expect(tab.getByText("Are they saying no?")).toBeVisible();
  expect(await listNews()).toEqual([["dk:replied", priya.email]]);
  await takePictures(page, "replies-question");
  await tab.getByRole("button", { name: "They don’t want any more emails" }).click();
  await expect(tab.getByText("Are they saying no?")).toHaveCount(0);
  await expect(tab.getByText("Unsubscribed", { exact: true }).first()).toBeVisible();
  expect((await listNews()).slice(1)).toEqual([["dk:unsubscribed", priya.email]]);
  await page.reload();
  await expect((await openCampaignsTab(page, priya.address)).getByText("needs your answer")).toHaveCount(0);
  const suppressed = await openRecipient(page, priya);
  await expect(suppressed.getByText("Are they saying no?")).toHaveCount(0);
});

test("an automatic reply shows the return day, and one click makes it a reply and back", async ({ page }) => {
  let back = 0;
  const format = (month: "long" | "short") =>
    new Intl.DateTimeFormat("en-US", { month, day: "numeric", timeZone: "UTC" }).format(back);
  const writeWords = (now: number) => {
    back = now + 14 * day;
    return `Back on ${format("long")}.`;
  };
  await launchAndReply(page, nina, { writeWords, isAutomatic: true });
  const list = await openCampaignsTab(page, nina.address);
  await expect(list.getByText(`Away until ${format("short")}`).first()).toBeVisible();

  const tab = await openRecipient(page, nina);
  await expect(tab.getByText(`Away until ${format("short")}.`)).toBeVisible();
  await takePictures(page, "replies-away");
  await tab.getByRole("button", { name: "A person wrote this" }).click();
  await expect(tab.getByText("Stopped. ", { exact: false }).first()).toBeVisible();
  await expect(tab.getByText("Replied", { exact: true }).first()).toBeVisible();
  await takePictures(page, "replies-reply");
  await tab.getByRole("button", { name: "It’s an automatic reply" }).click();
  await expect(tab.getByText(`Away until ${format("short")}.`)).toBeVisible();
  await expect(tab.getByRole("button", { name: "Send now" })).toBeVisible();
});
