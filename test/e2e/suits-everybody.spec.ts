import type { Locator, Page } from "@playwright/test";
import type { SequenceInput } from "../../shared/sequence.ts";
import {
  advanceDemoToMonday,
  confirmLaunch,
  fetchFromApi,
  openCampaignsTab,
  openSequenceChoice,
  openSequenceList,
} from "./demo.ts";
import { expect, test } from "./stories.ts";
import {
  expectAccessibleInBothThemes,
  expectNoMotion,
  expectNoSidewaysScroll,
  expectVisibleFocus,
} from "./suits.ts";

/*
 * Checks the accessibility of the editors of sequences, letters and steps, in every view and state.
 * The checks use axe in both themes, zoom, forced colors, the keyboard, and reduced motion.
 */

const owner = { address: "9 Mapleton Mews", propertyId: "p_898" };

/**
 * A function that checks what the tab shows now. If the check fails, the message names the state.
 */
type Check = (state: string) => Promise<void>;
const createCheck =
  (page: Page): Check =>
  async (state) =>
    await test.step(state, async () => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await expectAccessibleInBothThemes(page, state);
      await expectNoSidewaysScroll(page, state);
      await expectVisibleFocus(page, state);
      await expectNoMotion(page, state);
    });

/**
 * From now on, the CRM's backend signs all tokens for a team lead, who may change snippets and the
 * office's sequences.
 */
const actAsTeamLead = (page: Page) =>
  page.route("**/demo/token", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), role: "teamLead" }) }),
  );

/** Saves a sequence through the API. The first email of the sequence has two wordings. */
async function createSplitSequence(page: Page): Promise<void> {
  const signed = await page.request.post("/demo/token", {
    data: { role: "agent", propertyId: owner.propertyId },
  });
  const { token } = (await signed.json()) as { token: string };
  const letter = (subject: string) => ({ subject, bodyHtml: "<p>Hi {{recipient.salutation}}</p>" });
  const variants = [{ weight: 1, letter: letter("A word about your roof") }];
  const step = { id: 1, kind: "email" as const, letter: letter("Your roof"), letterWeight: 1 };
  const later = { id: 2, kind: "email" as const, delayDays: 30, letter: letter("") };
  const data: SequenceInput = { name: "A or B", steps: [{ ...step, variants, winnerAfter: 10 }, later] };
  const answer = await page.request.post("/api/sequences", {
    headers: { authorization: `Bearer ${token}` },
    data,
  });
  expect(answer.status(), await answer.text()).toBe(201);
}

const saved = (tab: Locator) => expect(tab.locator("[data-save=saved]")).toBeVisible();

test("the list of sequences and snippets suits everybody", async ({ page }) => {
  const check = createCheck(page);
  await actAsTeamLead(page);
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceChoice(tab);
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/sequences?*", async (route) => {
    await held;
    await route.abort();
  });
  await tab.getByRole("button", { name: "All sequences" }).click();
  await check("while the list loads");
  answer();
  await expect(tab.getByRole("button", { name: "Try again" }).first()).toBeVisible();
  await check("if the list can't be loaded");
  await page.unroute("**/api/sequences?*");
  await tab.getByRole("button", { name: "Try again" }).first().click();
  await expect(tab.getByRole("button", { name: "Duplicate Expired listing" }).first()).toBeVisible();
  await check("the list");

  await tab.getByRole("button", { name: "New snippet" }).click();
  await tab.getByLabel("Name", { exact: true }).fill("Reachable");
  await tab.getByRole("textbox", { name: "Text", exact: true }).fill("Call me any day.");
  await check("a new snippet");
  await tab.getByRole("button", { name: "Save", exact: true }).click();
  const row = tab.getByRole("listitem").filter({ hasText: "Reachable" });
  await row.getByRole("button", { name: "Delete Reachable" }).click();
  await expect(tab.getByRole("button", { name: "Undo", exact: true })).toBeVisible();
  await check("a deleted snippet");
});

test("the editor of a sequence suits everybody, whatever is open in it", async ({ page }) => {
  test.slow();
  const check = createCheck(page);
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  await tab.getByRole("button", { name: "New sequence", exact: true }).click();
  const subject = tab.getByLabel("Subject", { exact: true });
  await expect(subject).toBeVisible();
  await check("a new sequence with things to finish");
  await tab.getByLabel("Name of the sequence").fill("Suits everybody");
  await subject.fill("Your roof");
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("Hi ");
  await tab.getByLabel("Insert", { exact: true }).selectOption("First name");
  await text.locator(".chip").first().click();
  await expect(tab.locator(".chip-panel")).toBeVisible();
  await check("a variable's panel");
  await text.press("End");
  await text.pressSequentially(" {{pri");
  await expect(tab.getByRole("listbox", { name: "Details to insert" })).toBeVisible();
  await expectAccessibleInBothThemes(page, "the completion of a variable");
  await text.press("Enter");
  await tab.getByRole("button", { name: "Link", exact: true }).click();
  await check("the form of a link");
  await tab.getByRole("button", { name: "Link", exact: true }).click();
  await tab.getByRole("button", { name: "Image", exact: true }).click();
  await check("the form of an image");
  await tab.getByRole("button", { name: "Image", exact: true }).click();
  await tab.getByRole("button", { name: "Edit as HTML" }).click();
  await tab.getByLabel("HTML", { exact: true }).fill("<p>{{recipient.first_name}}</p>");
  await expect(tab.getByRole("button", { name: /^Go to: / }).first()).toBeVisible();
  await check("the HTML with a finding");
  await tab.getByLabel("HTML", { exact: true }).fill("<p>How old is the roof?</p>");
  await tab.getByRole("button", { name: "Edit without HTML" }).click();

  await tab.getByRole("button", { name: "Add a wording to compare (A/B)" }).click();
  await check("two wordings");
  await tab.getByRole("button", { name: "Preview", exact: true }).first().click();
  await expect(tab.locator("iframe").first()).toBeVisible();
  await tab.getByRole("button", { name: "Dark", exact: true }).click();
  await check("a preview");
  await tab.getByRole("button", { name: "Text", exact: true }).first().click();
  await check("a preview of the text");

  await tab.getByRole("button", { name: "Add a task after step 1" }).click();
  await check("a task");
  await tab.getByLabel("What to do").fill("Ask about the roof");
  await tab.getByRole("button", { name: "Add an email after step 2" }).click();
  await text.fill("Glad you had a look.");
  await tab.getByLabel("Condition").selectOption("Only if they didn’t open the previous email");
  await tab.getByRole("combobox", { name: "Otherwise" }).selectOption("Send another email instead");
  await check("a condition with another email");
  await tab.locator(".sequence-rules").getByRole("combobox").selectOption("Other hours…");
  await check("hours of its own");
  await tab.getByRole("button", { name: "Delete email: step 3" }).click();
  await expect(tab.getByRole("button", { name: "Undo", exact: true }).last()).toBeVisible();
  await check("a deleted step");

  await page.route("**/api/sequences/*", (route) => route.abort());
  await tab.getByLabel("Name of the sequence").fill("Not saved");
  await expect(tab.locator("[data-save=retrying]")).toBeVisible();
  await check("a sequence that can't be saved");
  await page.unroute("**/api/sequences/*");
  await saved(tab);
});

test("versions, a conflict and a sequence that is only read suit everybody", async ({ page }) => {
  const check = createCheck(page);
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  const copying = page.waitForResponse((response) => response.url().endsWith("/duplicate"));
  await tab.getByRole("button", { name: "Duplicate Expired listing" }).first().click();
  const response = await copying;
  await tab.locator(".step-card .disclosure").first().click();
  await tab.getByRole("textbox", { name: "Preview text" }).fill("Still hoping?");
  await saved(tab);
  await tab.getByRole("button", { name: "Versions" }).click();
  await tab.locator(".version .disclosure").first().click();
  await expect(tab.locator(".compared ins").first()).toBeVisible();
  await check("two versions of a letter");

  const { authorization = "" } = await response.request().allHeaders();
  const { id } = (await response.json()) as { id: string };
  const path = `/api/sequences/${id}`;
  const { version, rules } = await fetchFromApi<{ version: number; rules: object }>(
    page,
    owner.propertyId,
    path,
  );
  const changed = await page.request.patch(path, {
    headers: { authorization, "if-match": `"${version}"` },
    data: { rules: { ...rules, endsAfterDays: 90 } },
  });
  expect(changed.status(), await changed.text()).toBe(200);
  await tab.getByLabel("End after days (optional)").fill("30");
  await expect(tab.getByText("changed this sequence while you were editing")).toBeVisible();
  await check("a conflict");
  await tab.getByRole("button", { name: "Use theirs" }).click();
  await tab.getByRole("button", { name: "Sequences", exact: true }).click();
  await tab.getByRole("button", { name: "View Expired listing" }).first().click();
  await expect(tab.getByText("Only a team lead can change the office’s sequences.")).toBeVisible();
  await check("a sequence that is only read");
});

test("the launch with its letters, and the steps of a campaign under way, suit everybody", async ({
  page,
}) => {
  test.slow();
  const check = createCheck(page);
  await advanceDemoToMonday(page);
  await createSplitSequence(page);
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  await tab.getByRole("button", { name: "Use here: A or B" }).click();
  await expect(tab.getByRole("group", { name: "Which wording" })).toBeVisible();
  await check("the launch of two wordings");
  await tab.getByRole("button", { name: /^Change for / }).click();
  await expect(tab.getByRole("textbox", { name: /^Text for / })).toBeVisible();
  await check("the letter of one person");
  await tab.getByRole("button", { name: "Cancel", exact: true }).click();
  await confirmLaunch(tab);
  await tab.getByText("Choose a wording yourself").click();
  await check("the choice of a wording");

  await tab.getByRole("button", { name: "Edit steps" }).click();
  await expect(tab.getByText("People continue with these steps.")).toBeVisible();
  await check("the steps of a campaign");
  await tab.getByRole("button", { name: "Add a task after step 1" }).click();
  await tab.getByRole("button", { name: "Review change" }).click();
  await check("a change with things to finish");
  await tab.getByLabel("What to do").fill("Ask about the roof");
  await expect(tab.getByText("to finish before the change can be applied")).toBeHidden();
  await tab.getByRole("button", { name: "Review change" }).click();
  const dialog = tab.getByRole("dialog", { name: "Apply this change?" });
  await expect(dialog).toBeVisible();
  await check("the numbers of a change");
  await dialog.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(tab.getByText("Steps changed.").first()).toBeVisible();
  await check("a change that was applied");
});
