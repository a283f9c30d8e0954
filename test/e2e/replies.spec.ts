import { expect, type Locator, type Page, test } from "@playwright/test";
import { day } from "../support/time.ts";
import { confirmLaunch, expectMails, getDemoNow, goToMonday, openCampaigns, openMail } from "./demo.ts";

/** Each test has an owner of its own, whom no other test writes to. */
const priya = { address: "5230 N Harbor View Ave", email: "priya.raman@example.com", name: /Priya/ };
const nina = { address: "86 Tannery Row #4", email: "nina.castellano@example.org", name: /Nina/ };
type Owner = typeof priya;

/** Launches to the owner, and answers the first email as the owner or the owner's mailbox does. */
async function launchAndReply(
  page: Page,
  { address, email }: Owner,
  reply: { words: string; isAutomatic?: boolean },
): Promise<void> {
  await goToMonday(page);
  const tab = await openCampaigns(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(tab);
  await expectMails(page, email, 1);
  const mail = await openMail(page, email);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill(reply.words);
  if (reply.isAutomatic) await mail.getByRole("checkbox", { name: /out-of-office/ }).check();
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText(reply.isAutomatic ? "Auto-replied" : "Replied", { exact: true })).toBeVisible();
}

/** Opens the owner in the drawer: the campaign's card, and then the person. */
async function openRecipient(page: Page, { address, name }: Owner): Promise<Locator> {
  const tab = await openCampaigns(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name }).click();
  await expect(tab.getByRole("heading", { name: "Activity" })).toBeVisible();
  return tab;
}

test("a reply that may be an opt-out is shown as a question, and one click makes it an opt-out", async ({
  page,
}) => {
  await launchAndReply(page, priya, { words: "I think I’d rather not get these." });
  const list = await openCampaigns(page, priya.address);
  await expect(list.getByText("1 reply needs your answer")).toBeVisible();
  await pictures(page, "card");

  const tab = await openRecipient(page, priya);
  await expect(tab.getByText("Are they saying no?")).toBeVisible();
  await pictures(page, "question");
  await tab.getByRole("button", { name: "They don’t want any more emails" }).click();
  await expect(tab.getByText("Are they saying no?")).toHaveCount(0);
  await expect(tab.getByText("Unsubscribed", { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect((await openCampaigns(page, priya.address)).getByText("needs your answer")).toHaveCount(0);
  const suppressed = await openRecipient(page, priya);
  await expect(suppressed.getByText("Are they saying no?")).toHaveCount(0);
});

test("an automatic reply shows the return day, and one click makes it a reply and back", async ({ page }) => {
  await goToMonday(page);
  const back = new Date((await getDemoNow(page)) + 14 * day);
  const format = (month: "long" | "short") =>
    new Intl.DateTimeFormat("en-US", { month, day: "numeric", timeZone: "UTC" }).format(back);
  await launchAndReply(page, nina, { words: `Back on ${format("long")}.`, isAutomatic: true });
  const list = await openCampaigns(page, nina.address);
  await expect(list.getByText(`Away until ${format("short")}`).first()).toBeVisible();

  const tab = await openRecipient(page, nina);
  await expect(tab.getByText(`Away until ${format("short")}.`)).toBeVisible();
  await pictures(page, "away");
  await tab.getByRole("button", { name: "A person wrote this" }).click();
  await expect(tab.getByText("Stopped. ", { exact: false }).first()).toBeVisible();
  await expect(tab.getByText("Replied", { exact: true }).first()).toBeVisible();
  await pictures(page, "reply");
  await tab.getByRole("button", { name: "It’s an automatic reply" }).click();
  await expect(tab.getByText(`Away until ${format("short")}.`)).toBeVisible();
  await expect(tab.getByRole("button", { name: "Send now" })).toBeVisible();
});

/** Saves screenshots for a person to look at: test-results/replies-<name>-<width>-<theme>.png. */
async function pictures(page: Page, name: string): Promise<void> {
  const element = page.locator("doorknock-campaigns");
  for (const theme of ["light", "dark"]) {
    await element.evaluate((host, value) => host.setAttribute("theme", value), theme);
    for (const width of [360, 768]) {
      await page.setViewportSize({ width, height: 1000 });
      await page.getByRole("tabpanel").evaluate((panel) => panel.scrollTo(0, 0));
      await page.screenshot({
        path: `test-results/replies-${name}-${width}-${theme}.png`,
        animations: "disabled",
      });
    }
  }
  await element.evaluate((host) => host.removeAttribute("theme"));
  await page.setViewportSize({ width: 1280, height: 800 });
}
