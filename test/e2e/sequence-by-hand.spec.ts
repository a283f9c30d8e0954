import type { Locator, Page } from "@playwright/test";
import { advanceDemoToMonday, expectMails, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests that a person who knows only the screen can build a sequence: an email, a call, and two
 * more emails. The last email has another text for owners who have not opened the previous email.
 * The person then checks the sequence, sends test emails, and launches the sequence.
 */

/** Owners to whom no other test sends emails. */
const rosa = { address: "640 Linden Ave", email: "rosa.delgado@example.com" };
const walter = { address: "655 Linden Ave", email: "walter.nyman@example.com" };

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
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, rosa.address);
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
  /** Chooses an entry of a list with two clicks: on the list and on the entry. */
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
  await choose(tab.getByLabel("Condition"), "Only if they opened the previous email");
  await choose(tab.getByRole("combobox", { name: "Otherwise" }), "Send another email instead");
  const other = tab.getByRole("region", { name: "Otherwise, this email goes out instead" });
  await write(other.getByRole("textbox", { name: "Text", exact: true }), words.other);
  await saved(tab);
  await takePictures(page, "sequence-else-email", other);

  await click(other.getByRole("button", { name: "Preview", exact: true }));
  await expect(other.frameLocator("iframe").getByText(words.other)).toBeVisible();
  await click(other.getByRole("button", { name: "Send me this one" }));
  await expect(other.getByText(/^Sent to /)).toBeVisible();
  await takePictures(page, "sequence-else-preview", other);
  await press("Use it here");
  await expect(tab.getByText(words.name).first()).toBeVisible();
  await press("Launch…");
  await click(tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }));
  await expectMails(page, rosa.email, 1);
  await expect(tab.getByText(/otherwise another email/)).toBeVisible();
  console.log(`by mouse at 360 px: ${count.clicks} clicks, ${count.keys} letters typed`);
});

/**
 * Returns the actions of a person who uses only the keyboard. To reach an element, the person
 * presses Tab until the element has the focus.
 */
function sitAtKeyboard(page: Page) {
  const count = { keys: 0, letters: 0 };
  const press = async (key: string) => {
    count.keys += 1;
    await page.keyboard.press(key);
  };
  const hasFocus = (target: Locator) =>
    target.evaluate((element) => {
      const root = element.getRootNode() as Document | ShadowRoot;
      return root.activeElement === element;
    });
  const reach = async (target: Locator, tab: "Tab" | "Shift+Tab" = "Tab") => {
    await expect(target).toBeVisible();
    for (let presses = 0; !(await hasFocus(target)); presses += 1) {
      if (presses === mostTabs) throw new Error(`${tab} does not reach ${target}`);
      await press(tab);
    }
  };
  const type = async (text: string) => {
    count.letters += text.length;
    await page.keyboard.type(text);
  };
  return {
    count,
    reach,
    press,
    type,
    activate: async (target: Locator, tab: "Tab" | "Shift+Tab" = "Tab") => {
      await reach(target, tab);
      await press("Enter");
    },
    write: async (target: Locator, text: string, tab: "Tab" | "Shift+Tab" = "Tab") => {
      await reach(target, tab);
      await type(text);
    },
    /** Chooses an entry of a list with the arrow keys. */
    choose: async (target: Locator, entry: string) => {
      await reach(target);
      for (let presses = 0; (await target.locator(":checked").textContent()) !== entry; presses += 1) {
        if (presses === mostTabs) throw new Error(`no entry ${entry}`);
        await press("ArrowDown");
      }
    },
  };
}

/** The greatest number of times that the person presses Tab to reach an element. */
const mostTabs = 60;

test("by keyboard alone in a drawer of 360 px", async ({ page }) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, walter.address);
  await page.setViewportSize({ width: 360, height: 800 });
  const person = sitAtKeyboard(page);
  const { activate, write, choose, reach, press, type, count } = person;
  const button = (name: string) => tab.getByRole("button", { name, exact: true }).first();
  const text = tab.getByRole("textbox", { name: "Text", exact: true });

  await activate(button("Seller outreach"));
  await activate(button("Change the sequence"));
  await activate(button("All sequences"));
  await activate(button("New sequence"));
  await reach(tab.getByLabel("Name of the sequence"));
  await press("ControlOrMeta+a");
  await type(words.name);
  await write(tab.getByLabel("Subject", { exact: true }), words.subject);
  await write(text, words.first);
  await activate(button("Add a task after step 1"));
  await write(tab.getByLabel("What to do"), words.task);
  await activate(button("Add an email after step 2"));
  await write(text, words.second);
  await activate(button("Add an email after step 3"));
  await choose(tab.getByLabel("Then on"), "Tue");
  await write(text, words.seen);
  await choose(tab.getByLabel("Condition"), "Only if they opened the previous email");
  await choose(tab.getByRole("combobox", { name: "Otherwise" }), "Send another email instead");
  const other = tab.getByRole("region", { name: "Otherwise, this email goes out instead" });
  await write(other.getByRole("textbox", { name: "Text", exact: true }), words.other);
  await saved(tab);

  await activate(other.getByRole("button", { name: "Preview", exact: true }));
  await expect(other.frameLocator("iframe").getByText(words.other)).toBeVisible();
  await activate(other.getByRole("button", { name: "Send me this one" }));
  await expect(other.getByText(/^Sent to /)).toBeVisible();
  await activate(button("Use it here"));
  await expect(tab.getByText(words.name).first()).toBeVisible();
  await activate(button("Launch…"));
  await activate(tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }));
  await expectMails(page, walter.email, 1);
  await expect(tab.getByText(/otherwise another email/)).toBeVisible();
  console.log(`by keyboard at 360 px: ${count.keys} keys, and ${count.letters} letters typed`);
});
