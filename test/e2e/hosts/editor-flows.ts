import type { Locator, Page } from "@playwright/test";
import type { Sequence, SequenceInput } from "../../../shared/sequence.ts";
import { fetchFromApi } from "../demo.ts";
import { expect } from "../stories.ts";

/* The actions of an agent in the editors, one function for each group of actions. After each
   function, the editors are ready for the next function. */

/** Saves a sequence of an email, a task and an email through the API. Returns the sequence's id. */
export async function createSequence(page: Page, propertyId: string, name: string): Promise<string> {
  const signed = await page.request.post("/demo/token", { data: { role: "agent", propertyId } });
  const { token } = (await signed.json()) as { token: string };
  const letter = (subject: string) => ({ subject, bodyHtml: "<p>The first line of the letter.</p>" });
  const data: SequenceInput = {
    name,
    steps: [
      { id: 1, kind: "email", letter: letter("Your roof") },
      {
        id: 2,
        kind: "task",
        delayDays: 2,
        task: { kind: "call", waitDays: 2, instructions: "Ask about the roof" },
      },
      { id: 3, kind: "email", delayDays: 2, letter: letter("The roofer") },
    ],
  };
  const headers = { authorization: `Bearer ${token}` };
  const answer = await page.request.post("/api/sequences", { headers, data });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** Returns the kinds of the saved steps, in order. */
export async function readStepKinds(page: Page, propertyId: string, id: string): Promise<string[]> {
  const { steps } = await fetchFromApi<Sequence>(page, propertyId, `/api/sequences/${id}`);
  return steps.map(({ kind }) => kind);
}

/**
 * Opens the launch view and its dialog. Escape must close the dialog but not the host's drawer.
 * Then opens the sequence in its editor, and the sequence's first letter.
 */
export async function openSequence(page: Page, tab: Locator, name: string): Promise<void> {
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  await expect(tab.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(tab.getByRole("dialog")).toBeHidden();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();
  await tab.getByRole("button", { name: `Edit ${name}`, exact: true }).click();
  await tab.locator(".step-card .disclosure").first().click();
}

const getText = (tab: Locator) => tab.getByRole("textbox", { name: "Text", exact: true });
const getChips = (tab: Locator) => getText(tab).locator(".chip");

/**
 * Types text with a variable, and bold text. A character that is typed while the variable's chip is
 * selected must not replace the chip.
 */
export async function editLetter(page: Page, tab: Locator): Promise<void> {
  await getText(tab).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Hi {{first");
  await expect(tab.getByRole("listbox").getByRole("option", { name: "First name" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(getChips(tab)).toHaveCount(1);
  await page.keyboard.press("ArrowLeft");
  await expect(tab.locator(".ProseMirror-selectednode")).toHaveCount(1);
  await page.keyboard.type(", c");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("ndjk");
  await page.keyboard.press("Control+b");
  await expect(getText(tab).locator("strong")).toHaveText("ndjk");
  await expect(getText(tab)).toContainText(", cndjk");
  await expect(getChips(tab)).toHaveCount(1);
}

/**
 * Selects the whole line with the mouse, including the variable's chip, and types one character in
 * place of the line.
 */
export async function replaceSelection(page: Page, tab: Locator): Promise<void> {
  const line = await getText(tab).locator("p").first().boundingBox();
  if (line === null) throw new Error("the letter has no line");
  await page.mouse.move(line.x + 1, line.y + 4);
  await page.mouse.down();
  await page.mouse.move(line.x + line.width - 2, line.y + line.height - 4, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(() =>
      tab.evaluate(({ shadowRoot }) => {
        const root = shadowRoot as unknown as { getSelection(): Selection | null };
        return root.getSelection()?.toString() ?? "";
      }),
    )
    .toMatch(/^The first line.*ndjk$/s);
  await page.keyboard.type("Z");
  await expect(getText(tab)).toHaveText("Z");
}

/** One undo may also revert text that was typed up to half a second before the last change. */
export async function undoAndRedo(page: Page, tab: Locator): Promise<void> {
  await page.keyboard.press("Control+z");
  await expect(getText(tab)).toHaveText(/^The first line of the letter\./);
  await page.keyboard.press("Control+Shift+z");
  await expect(getText(tab)).toHaveText("Z");
  await page.keyboard.press("Control+z");
  await expect(getText(tab)).toHaveText(/^The first line of the letter\./);
}

const fromWord =
  "<html><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->" +
  "<p class=MsoNormal style='color:red'>From <b style='mso-bidi-font-weight:normal'>Word</b><o:p></o:p></p>" +
  "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>" +
  "New roof</p><!--EndFragment--></body></html>";

/** Puts a text from Word on the clipboard, as if the agent had copied it elsewhere. */
export async function copyFromWord(page: Page): Promise<void> {
  await page.evaluate((html) => {
    const fill = (event: ClipboardEvent) => {
      event.clipboardData?.setData("text/html", html);
      event.preventDefault();
    };
    document.addEventListener("copy", fill, { once: true });
  }, fromWord);
  await page.keyboard.press("Control+c");
}

export async function pasteFromWord(page: Page, tab: Locator): Promise<void> {
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+v");
  await expect(getText(tab).locator("strong").last()).toHaveText("Word");
  await expect(getText(tab).locator("ul > li")).toHaveText("New roof");
  await expect(getText(tab).locator(":is(p, strong, li)[style]")).toHaveCount(0);
}

export async function previewLetter(tab: Locator): Promise<void> {
  await tab.getByRole("button", { name: "Preview", exact: true }).click();
  await expect(tab.frameLocator("iframe").getByText("From Word")).toBeVisible();
  await tab.getByRole("button", { name: "Hide the preview" }).click();
}

const getTitles = (tab: Locator) => tab.locator(".step-card .disclosure > span").allInnerTexts();

/** Drags the task to the top, and then moves the task down and up again by keyboard. */
export async function dragStep(page: Page, tab: Locator): Promise<void> {
  const getGrip = (position: number) =>
    tab.getByRole("button", { name: new RegExp(`^Move step ${position}: `) });
  await getGrip(2).scrollIntoViewIfNeeded();
  const grip = await getGrip(2).boundingBox();
  if (grip === null) throw new Error("the step has no grip");
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x + grip.width / 2, grip.y - 100, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await getTitles(tab))[0]).toContain("Ask about");
  await getGrip(1).focus();
  await page.keyboard.press("ArrowDown");
  await expect(getGrip(2)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(getGrip(1)).toBeFocused();
}

export async function deleteStep(tab: Locator): Promise<void> {
  await tab.getByRole("button", { name: "Delete email: step 2" }).click();
  await expect.poll(() => getTitles(tab)).toHaveLength(2);
  await tab.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect.poll(() => getTitles(tab)).toHaveLength(3);
  await expect(tab.locator("[data-save=saved]")).toBeVisible();
}

/**
 * Closes and opens the host's drawer `count` times. After each opening, the tab must show the same
 * sequence as before. The sequence's second step, an email, is then opened in the letter editor.
 */
export const reopenDrawer = (page: Page, count: number) =>
  page.evaluate(async (cycles) => {
    const { host } = window as unknown as { host: Record<"open" | "close", () => void> };
    const getTab = () => document.querySelector("doorknock-campaigns");
    const until = async (isTrue: () => boolean) => {
      while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const showsLetter = () => {
      const root = getTab()?.shadowRoot;
      const [, letter] = root?.querySelectorAll<HTMLElement>(".step-card .disclosure") ?? [];
      if (letter?.getAttribute("aria-expanded") === "false") letter.click();
      return root?.querySelector(".ProseMirror") != null;
    };
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      host.close();
      await until(() => getTab() === null);
      host.open();
      await until(showsLetter);
    }
  }, count);
