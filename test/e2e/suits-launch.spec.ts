import type { Page } from "@playwright/test";
import type { SequenceInput } from "../../shared/sequence.ts";
import { advanceDemoToMonday, confirmLaunch, openCampaignsTab, openSequenceList } from "./demo.ts";
import { expect, test } from "./stories.ts";
import { createSuitsCheck } from "./suits.ts";

/*
 * Checks the accessibility of the launch with its letters, and of the steps of a campaign under
 * way.
 */

const owner = { address: "9 Mapleton Mews", propertyId: "p_898" };

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

test("the launch with its letters, and the steps of a campaign under way, suit everybody", async ({
  page,
}) => {
  const check = createSuitsCheck(page);
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
