import type { Page } from "@playwright/test";
import { fetchFromApi, openCampaignsTab, openSequenceChoice, openSequenceList } from "./demo.ts";
import { expect, test } from "./stories.ts";
import { createSuitsCheck } from "./suits.ts";

/*
 * Checks the accessibility of the list of sequences, of a letter's versions, of a conflict, and of
 * a sequence that the agent may only read.
 */

const owner = { address: "9 Mapleton Mews", propertyId: "p_898" };

/**
 * From now on, the CRM's backend signs all tokens for a team lead, who may change snippets and the
 * office's sequences.
 */
const actAsTeamLead = (page: Page) =>
  page.route("**/demo/token", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), role: "teamLead" }) }),
  );

test("the list of sequences and snippets suits everybody", async ({ page }) => {
  const check = createSuitsCheck(page);
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

test("versions, a conflict and a sequence that is only read suit everybody", async ({ page }) => {
  const check = createSuitsCheck(page);
  const tab = await openCampaignsTab(page, owner.address);
  await openSequenceList(tab);
  const copying = page.waitForResponse((response) => response.url().endsWith("/duplicate"));
  await tab.getByRole("button", { name: "Duplicate Expired listing" }).first().click();
  const response = await copying;
  await tab.locator(".step-card .disclosure").first().click();
  await tab.getByRole("textbox", { name: "Preview text" }).fill("Still hoping?");
  await expect(tab.locator("[data-save=saved]")).toBeVisible();
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
