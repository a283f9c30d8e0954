import type { Locator, Page } from "@playwright/test";
import { advanceDemoToMonday, expectMails, openCampaignsTab } from "./demo.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests an agent's work on a phone, by touch alone. A test can't open a phone's keyboard, so the
 * window gets the height that an open keyboard leaves.
 */

test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });

/** An owner to whom no other test sends emails, and a person whom the agent adds. */
const owner = { address: "27 Aspen Mill Rd", name: "Lena Abbott", email: "lena.abbott@example.net" };
const brother = { name: "Emil Abbott", email: "emil.abbott@example.net" };

const openKeyboard = (page: Page) => page.setViewportSize({ width: 360, height: 300 });
const closeKeyboard = (page: Page) => page.setViewportSize({ width: 360, height: 640 });

test("on a phone an agent adds a person, changes an email and launches by touch, and sees what they type", async ({
  page,
}) => {
  await countErrors(page);
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  const tap = (name: string) => tab.getByRole("button", { name, exact: true }).first().tap();
  await expectLargeTargets(tab);
  await tap("Seller outreach");
  await expect(tab.getByRole("checkbox", { name: owner.name })).toBeChecked();
  await expectLargeTargets(tab);

  await tap("Add a person");
  await openKeyboard(page);
  await typeInSight(page, tab.getByRole("textbox", { name: "Name" }), brother.name);
  await tab.getByRole("textbox", { name: "Email address" }).tap();
  await typeInSight(page, tab.getByRole("textbox", { name: "Email address" }), brother.email);
  await expectLargeTargets(tab);
  await tap("Add");
  await expect(tab.getByRole("checkbox", { name: brother.name })).toBeChecked();
  await closeKeyboard(page);

  await tap(`Change for ${owner.name}`);
  await openKeyboard(page);
  const text = tab.getByLabel(`Text for ${owner.name}`);
  await text.tap();
  await page.keyboard.press("Control+End");
  await typeInSight(page, text, "\n\nMy best, Alex");
  await expectLargeTargets(tab);
  await closeKeyboard(page);
  await tap(`Save for ${owner.name}`);
  await expect(tab.getByText(`Changed for ${owner.name}`, { exact: true })).toBeVisible();

  await tap("Launch…");
  await expectLargeTargets(tab);
  await tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }).tap();
  await expect(tab.getByRole("button", { name: "Undo launch" })).toBeInViewport();
  await expectLargeTargets(tab);
  await expectMails(page, owner.email, 1);
  await expectMails(page, brother.email, 1);

  await tap(owner.name);
  await expectLargeTargets(tab);
  await tap("Read email 2");
  await tap(`Change for ${owner.name}`);
  await openKeyboard(page);
  const richText = tab.getByRole("textbox", { name: "Text", exact: true });
  await expect(richText).toBeFocused();
  await page.keyboard.press("Control+End");
  await typeInSight(page, richText, " See you.");
  await expectLargeTargets(tab);
  await page.setViewportSize({ width: 640, height: 360 });
  await expectLargeTargets(tab);
  expect(await listErrors(page)).toEqual([]);
});

test("on a phone every view can be touched, and no view is wider than the screen", async ({ page }) => {
  const tab = await openCampaignsTab(page, "1200 Cedar Ter");
  const tap = (name: string) => tab.getByRole("button", { name, exact: true }).first().tap();
  await tap("Seller outreach");
  await tab.getByRole("button", { name: "Select all" }).tap();
  await tap("Save draft");
  await tap("See all people");
  await expect(tab.getByText("Ana Beltran")).toBeVisible();
  await expectLargeTargets(tab);
  await tap("Seller outreach");
  await tap("Edit");
  await expect(tab.getByLabel("Start date")).toBeVisible();
  await expectLargeTargets(tab);
  await tap("Delete");
  await expectLargeTargets(tab);
  await tap("Delete draft");
  await tap("Seller outreach");
  await tap("Change the sequence");
  await tap("All sequences");
  await expectLargeTargets(tab);
  await tap("New sequence");
  await expect(tab.getByLabel("Subject", { exact: true })).toBeVisible();
  await expectLargeTargets(tab);
  await tap("Delete…");
  await tap("Delete sequence");
  await expect(tab.getByRole("heading", { name: "Sequences" })).toBeFocused();
  await page.goto("/#/outreach");
  await expect(page.getByRole("searchbox", { name: "Search people, addresses and campaigns" })).toBeVisible();
  await expectLargeTargets(page.locator("doorknock-campaigns"));
  await page.getByRole("button", { name: "Office settings" }).tap();
  await expect(page.getByLabel("Office name")).toBeVisible();
  await expectLargeTargets(page.locator("doorknock-campaigns"));
});

/**
 * Collects the errors that reach the host's window, such as errors of a `ResizeObserver`, in
 * `window.errors`.
 */
async function countErrors(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const errors: string[] = [];
    Object.assign(window, { errors });
    window.addEventListener("error", ({ message }) => errors.push(message));
  });
}

const listErrors = (page: Page) =>
  page.evaluate(() => (window as unknown as { errors: readonly string[] }).errors);

/**
 * Types into the focused field. Checks that the field is on the screen, that nothing covers the
 * field, and that the last typed character becomes visible.
 */
async function typeInSight(page: Page, field: Locator, text: string): Promise<void> {
  await expect(field).toBeFocused();
  await page.keyboard.type(text.slice(0, -1));
  const before = await page.screenshot({ animations: "disabled" });
  await page.keyboard.type(text.slice(-1));
  const after = await page.screenshot({ animations: "disabled" });
  expect(after.equals(before), "the typed character shows").toBe(false);
  const covered = await field.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const drawer = element.getRootNode() as ShadowRoot;
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const inside = [0.25, 0.5, 0.75].map((share) => top + (bottom - top) * share);
    return inside.filter((y) => !element.contains(drawer.elementFromPoint(box.left + box.width / 2, y)));
  });
  expect(covered.length, "heights at which the field is covered").toBeLessThan(3);
}

/**
 * Checks the sizes of all elements that an agent can touch: at least 44 px for buttons, and 24 px
 * for other elements. A field's font must have at least 16 px, because iOS zooms into smaller
 * fonts. Nothing may be wider than the screen.
 */
async function expectLargeTargets(tab: Locator): Promise<void> {
  const small = await tab.evaluate((host) => {
    const touchable = "button, input, select, textarea, summary, a[href], [contenteditable=true]";
    const found: string[] = [];
    for (const element of host.shadowRoot?.querySelectorAll<HTMLElement>(touchable) ?? []) {
      // A touch anywhere on a label, a card or a row activates the control inside, so the size of
      // the whole area counts.
      const area =
        element.closest("label:has(:is([type=checkbox], [type=radio]))") ??
        (element.matches(".card-link") ? element.closest(".card, .row") : null) ??
        element.closest(".person-main") ??
        element;
      const { width, height } = area.getBoundingClientRect();
      if (width === 0) continue;
      const isMain = element.matches(".button:not(.section-head *), .back, .choice input");
      const isField = element.matches("select, textarea, [contenteditable=true], .field input");
      const letters = Number.parseFloat(getComputedStyle(element).fontSize);
      const isSmall = Math.min(width, height) < (isMain ? 44 : 24) || (isField && letters < 16);
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      if (isSmall) found.push(`${element.localName} ${name}: ${width} × ${height}, ${letters} px`);
    }
    return found;
  });
  expect(small).toEqual([]);
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
}
