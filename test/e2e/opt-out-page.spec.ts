import type { Page } from "@playwright/test";
import type { CapturedMail } from "../../demo/mailbox/mail.ts";
import { advanceDemoToMonday, expectMails, launchSellerOutreach, listMailTo } from "./demo.ts";
import { expect, test } from "./stories.ts";

/* Tests the page that an email's unsubscribe link opens, on a phone. */

const owner = { address: "2147 W Foundry St", email: "kowalski.family@example.com" };

test("an owner can unsubscribe on a phone, undo it, and report being the wrong person", async ({ page }) => {
  await advanceDemoToMonday(page);
  await launchSellerOutreach(page, owner.address);
  await expectMails(page, owner.email, 1);
  const [mail] = await listMailTo(page, owner.email);
  const letter = (await (
    await page.request.get(`/demo/mailbox/messages/${mail?.id}`)
  ).json()) as CapturedMail;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(new URL(letter.oneClickUrl ?? "").pathname);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Unsubscribe from /);
  await expect(page.getByText("k•••@example.com")).toBeVisible();
  await expectFits(page);

  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(page.getByRole("heading", { name: "You’re unsubscribed" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { name: "You’re subscribed again" })).toBeVisible();

  await page.goto(new URL(letter.oneClickUrl ?? "").pathname);
  await page.getByRole("button", { name: "I’m the wrong person" }).click();
  await expect(page.getByRole("heading", { name: "Thank you for telling us" })).toBeVisible();
  await expectFits(page);
});

/**
 * Expects that the page needs no sideways scrolling, and that each button is large enough for a
 * thumb.
 */
async function expectFits(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  for (const button of await page.getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  }
}
