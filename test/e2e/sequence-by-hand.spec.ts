import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectMails, goToMonday, openCampaigns } from "./demo.ts";
import { takePictures } from "./pictures.ts";

/*
 * A person who knows only what the screen says builds a sequence of four steps: an email, a call,
 * an email, and an email that has another in its place if the owner did not open. The person looks
 * at it, sends it to their own mailbox, and launches it.
 */

/** Owners to whom no other story writes. */
const rosa = { address: "640 Linden Ave", email: "rosa.delgado@example.com" };
const omar = { address: "655 Linden Ave", email: "omar.haddad@example.com" };

const words = {
  name: "Old roofs, four steps",
  subject: "Your roof",
  first: "How old is the roof?",
  task: "Ask about the roof",
  second: "Shall I send you a roofer’s name?",
  seen: "Glad you had a look.",
  other: "I wrote to you about the roof.",
};

const saved = (tab: Locator) => expect(tab.locator("[data-save=saved]")).toBeVisible();

test("by mouse in a drawer of 360 px", async ({ page }) => {
  await goToMonday(page);
  const tab = await openCampaigns(page, rosa.address);
  await page.setViewportSize({ width: 360, height: 800 });
  const count = { clicks: 0, keys: 0 };
  const click = async (target: Locator) => {
    count.clicks += 1;
    await target.click();
  };
  const press = (name: string) => click(tab.getByRole("button", { name, exact: true }).first());
  const write = async (target: Locator, text: string) => {
    await click(target);
    count.keys += text.length;
    await page.keyboard.type(text);
  };
  /** A choice in a list is two clicks: the list and the entry. */
  const choose = async (target: Locator, entry: string) => {
    count.clicks += 2;
    await target.selectOption(entry);
  };
  const text = tab.getByRole("textbox", { name: "Text", exact: true });

  await press("Seller outreach");
  await press("Change the sequence");
  await press("All sequences");
  await press("New sequence");
  const name = tab.getByLabel("Name of the sequence");
  await name.click({ clickCount: 3 });
  count.clicks += 3;
  await page.keyboard.type(words.name);
  count.keys += words.name.length;
  await write(tab.getByLabel("Subject", { exact: true }), words.subject);
  await write(text, words.first);
  await press("Add a task after step 1");
  await write(tab.getByLabel("What to do"), words.task);
  await press("Add an email after step 2");
  await write(text, words.second);
  await press("Add an email after step 3");
  await write(text, words.seen);
  await choose(tab.getByLabel("Then on"), "Tue");
  await choose(tab.getByLabel("Condition"), "Only if they opened the email before");
  await choose(tab.getByRole("combobox", { name: "Otherwise" }), "Send another email instead");
  const other = tab.getByRole("region", { name: "Otherwise, this email goes instead" });
  await write(other.getByRole("textbox", { name: "Text", exact: true }), words.other);
  await saved(tab);
  await takePictures(page, "sequence-else-email");

  await click(other.getByRole("button", { name: "Preview", exact: true }));
  await expect(other.frameLocator("iframe").getByText(words.other)).toBeVisible();
  await click(other.getByRole("button", { name: "Send me this one" }));
  await expect(other.getByText(/^Sent to /)).toBeVisible();
  await takePictures(page, "sequence-else-preview");
  await press("Use it here");
  await expect(tab.getByText(words.name).first()).toBeVisible();
  await press("Launch…");
  await click(tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }));
  await expectMails(page, rosa.email, 1);
  await expect(tab.getByText(/otherwise another email/)).toBeVisible();
  console.log(`by mouse at 360 px: ${count.clicks} clicks, ${count.keys} letters typed`);
});

test("by keyboard alone", async ({ page }) => {
  await goToMonday(page);
  const tab = await openCampaigns(page, omar.address);
  await expect(tab.getByRole("button", { name: "Seller outreach" }).first()).toBeVisible();
  const count = { keys: 0, letters: 0 };
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      count.keys += 1;
      await page.keyboard.press(key);
    }
  };
  const type = async (text: string) => {
    count.letters += text.length;
    await page.keyboard.type(text);
  };
  /** Presses Tab until the focus is on an element with this name. */
  const tabTo = async (name: string | RegExp, key = "Tab") => {
    for (let times = 0; times < 60; times += 1) {
      await press(key);
      const found = await readFocused(page);
      if (typeof name === "string" ? found === name : name.test(found)) return;
    }
    throw new Error(`Tab does not reach ${name}; the focus is on ${await readFocused(page)}`);
  };
  const focused = (name: string) => expect.poll(() => readFocused(page)).toBe(name);
  const enter = async (name: string | RegExp, key = "Tab") => {
    await tabTo(name, key);
    await press("Enter");
  };

  await enter(/^Seller outreach/);
  await enter(/^Change the sequence/);
  await enter("All sequences");
  await enter("New sequence");
  await tabTo("Name of the sequence");
  await press("ControlOrMeta+a");
  await type(words.name);
  await tabTo("Subject");
  await type(words.subject);
  await tabTo("Text");
  await type(words.first);
  await enter("Add a task after step 1");
  await focused("What to do");
  await type(words.task);
  await enter("Add an email after step 2");
  await focused("Text");
  await type(words.second);
  await enter("Add an email after step 3");
  await focused("Text");
  await type(words.seen);
  await tabTo("Condition");
  await type("Only if they o");
  await tabTo("Otherwise");
  await type("Send");
  await tabTo("Text");
  await type(words.other);
  await saved(tab);
  await enter("Preview");
  await enter("Send me this one");
  await expect(tab.getByText(/^Sent to /)).toBeVisible();
  await enter("Use it here");
  await enter("Launch…");
  await enter("Launch");
  await expectMails(page, omar.email, 1);
  await expect(tab.getByText(/otherwise another email/)).toBeVisible();
  console.log(`by keyboard alone: ${count.keys} keys, and ${count.letters} letters typed`);
});

/** Returns the accessible name of the element that has the focus, also inside shadow roots. */
const readFocused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!(focused instanceof HTMLElement)) return "";
    const labels = (focused as HTMLInputElement).labels;
    const label = labels?.[0]?.querySelector("span")?.textContent;
    return (focused.ariaLabel ?? label ?? focused.textContent ?? "").trim();
  });
