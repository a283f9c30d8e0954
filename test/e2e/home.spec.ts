import type { Locator, Page } from "@playwright/test";
import { advanceDemoToMonday, confirmLaunch, expectMails, openCampaignsTab, openNewestMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** An owner to whom no other test sends emails. */
const owner = { address: "77 Larkspur Way", email: "ingrid.halvorsen@example.net", name: "Ingrid Halvorsen" };

async function openHome(page: Page) {
  await page.goto("/");
  await page.getByRole("link", { name: "Outreach" }).click();
  return page.locator("doorknock-campaigns");
}

test("a reply is handled from the home in one click, undone, answered in two, and put off to a day", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await confirmLaunch(tab);
  await expectMails(page, owner.email, 1);
  const mail = await openNewestMail(page, owner.email);
  await mail.getByRole("button", { name: "Reply" }).click();
  await mail.getByLabel("Your reply").fill("We may move in spring. Ask me again then.");
  await mail.getByRole("button", { name: "Send reply" }).click();
  await expect(mail.getByText("Replied", { exact: true })).toBeVisible();

  await addSnippet(page);
  const home = await openHome(page);
  const card = home.getByRole("listitem").filter({ hasText: owner.name });
  await expect(card.getByText("We may move in spring")).toBeVisible();
  await expect(card.getByText(owner.address)).toBeVisible();
  await takePictures(page, "home-replies");
  await assignToLead(page, home, card);

  await card.getByRole("button", { name: "Interested" }).click();
  await expect(card).toHaveCount(0);
  await home.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByText("We may move in spring")).toBeVisible();

  await card.getByRole("button", { name: owner.name }).click();
  await home.getByRole("button", { name: "Write back" }).click();
  const answer = home.getByLabel("Your answer");
  await answer.fill("Of course. Shall I send you what homes like yours sell for?");
  await home.getByLabel("Insert a snippet").selectOption("About us");
  await expect(answer).toHaveValue(/sell for\?\n\nWe know every roof near 77 Larkspur Way\.$/);
  await expect(answer).toBeFocused();
  await takePictures(page, "home-answer");
  await home.getByRole("button", { name: "Send answer" }).dblclick();
  await expect(home.getByText(/^Alex Morgan answered on/)).toBeVisible();
  await takePictures(page, "home-answered");
  await expectMails(page, owner.email, 2);

  await home.getByRole("button", { name: "Not now…" }).click();
  await takePictures(page, "home-not-now");
  await home.getByRole("button", { name: "Save" }).click();
  await expect(home.getByText(/^Marked as not now\. You can undo/)).toBeVisible();
  await page.reload();
  await expect(home.getByRole("heading", { name: "Outreach" })).toBeVisible();
  await expect(home.getByText("We may move in spring")).toHaveCount(0);
  await searchHome(page, home);
});

/**
 * Assigns the reply to the team lead by a double click, finds it in the office's list, and undoes.
 */
async function assignToLead(page: Page, home: Locator, card: Locator): Promise<void> {
  await card.getByRole("button", { name: "Assign…" }).click();
  await card.getByLabel("Who handles it").selectOption("Jordan Reyes");
  await takePictures(page, "home-assign");
  await card.getByRole("button", { name: "Assign", exact: true }).dblclick();
  await expect(home.getByText(/Jordan Reyes handles this reply now\. You can undo/)).toBeVisible();
  await expect(card).toHaveCount(0);
  await takePictures(page, "home-assigned");
  await home.getByRole("button", { name: /^The whole office/ }).click();
  await expect(card.getByText("Jordan Reyes handles this reply.")).toBeVisible();
  await home.getByRole("button", { name: /^Mine/ }).click();
  await home.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByText("Alex Morgan handles this reply.")).toBeVisible();
}

/** Adds a snippet with a value of the owner's home to the office, as a team lead. */
async function addSnippet(page: Page): Promise<void> {
  const signed = await page.request.post("/demo/token", { data: { role: "teamLead", propertyId: null } });
  const { token } = (await signed.json()) as { token: string };
  const created = await page.request.post("/api/snippets", {
    headers: { authorization: `Bearer ${token}` },
    data: { name: "About us", bodyHtml: "<p>We know every roof near {{property.streetAddress}}.</p>" },
  });
  expect(created.status(), await created.text()).toBe(201);
}

/** Searches for the owner, the owner's property and the campaign, and opens each result. */
async function searchHome(page: Page, home: Locator): Promise<void> {
  const field = home.getByRole("searchbox", { name: "Search people, addresses and campaigns" });
  const list = (title: string) => home.locator("section").filter({ hasText: title });
  await field.fill("larkspur way");
  await expect(list("People").getByRole("button", { name: owner.name })).toBeVisible();
  await expect(list("Properties").getByRole("button", { name: owner.address, exact: true })).toBeVisible();
  await takePictures(page, "home-search");
  await home.getByRole("button", { name: `Campaigns at ${owner.address}` }).click();
  await expect(page).toHaveURL(/campaigns\?property=/);
  await expect(home.getByRole("button", { name: "Show campaigns of every property" })).toBeVisible();
  await field.fill("zzzz");
  await expect(home.getByText("Nothing matches “zzzz”")).toBeVisible();
  await takePictures(page, "home-search-empty");
  await field.press("Escape");
  await expect(home.getByRole("button", { name: "Running" })).toBeVisible();

  await field.fill("seller out");
  await list("Campaigns")
    .getByRole("button", { name: /Seller outreach/ })
    .first()
    .click();
  await expect(home.getByRole("heading", { name: "Recipients" })).toBeVisible();
  await page.getByRole("link", { name: "Properties" }).click();
  const again = await openHome(page);
  await again.getByRole("searchbox").fill("halvor ingrid");
  await list("People").getByRole("button", { name: owner.name }).click();
  await expect(again.getByRole("heading", { name: owner.name })).toBeVisible();
}

test("a link opens the view that it names, each move is in the URL, and Back goes back", async ({ page }) => {
  const home = await openHome(page);
  await home.getByRole("button", { name: "Insights" }).click();
  await expect(page).toHaveURL(/#\/outreach\/insights$/);
  await page.reload();
  await expect(home.getByRole("heading", { name: "Insights" })).toBeVisible();
  await page.goBack();
  await expect(home.getByRole("searchbox")).toBeVisible();
  await page.goForward();
  await expect(home.getByRole("heading", { name: "Insights" })).toBeVisible();
  await page.goto("/#/outreach/campaigns?status=paused&sequence=fsbo");
  await expect(home.getByRole("button", { name: "Paused" })).toHaveAttribute("aria-pressed", "true");
  await expect(home.getByText("Nothing matches these filters.")).toBeVisible();
  await home.getByLabel("Agent").selectOption("Alex Morgan (you)");
  await expect(page).toHaveURL(/agent=agent-alex/);
  await page.reload();
  await expect(home.getByLabel("Agent")).toHaveValue("agent-alex");
  await takePictures(page, "home-filters");
  await home.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/campaigns\?status=paused$/);
  await page.goto("/#/outreach/campaign/999999");
  await expect(home.locator("strong").filter({ hasText: "This no longer exists" })).toBeVisible();
  await page.goto("/#/outreach/no/such/view");
  await page.reload();
  await expect(home.getByRole("searchbox")).toBeVisible();
});

test("a team lead sees the office's stop at the top of the home, a viewer sees no office buttons", async ({
  page,
}) => {
  const home = await openHome(page);
  const stop = home.getByRole("button", { name: "Stop all outreach…" });
  await expect(home.getByRole("button", { name: "Office settings" })).toBeVisible();
  await expect(stop).toHaveCount(0);
  await page.getByLabel("Your role in the demo").selectOption("teamLead");
  await expect(stop).toBeVisible();
  await takePictures(page, "home-team-lead");
  await pauseAlex(page, home);
  await page.getByLabel("Your role in the demo").selectOption("viewer");
  await expect(stop).toHaveCount(0);
  await expect(home.getByRole("button", { name: "Office settings" })).toHaveCount(0);
});

/** Pauses the agent Alex as a team lead, by a double click, and resumes Alex's outreach. */
async function pauseAlex(page: Page, home: Locator): Promise<void> {
  await home.getByRole("button", { name: "Pause an agent’s outreach…" }).click();
  const dialog = home.getByRole("dialog");
  await dialog.getByLabel("Agent").selectOption("Alex Morgan");
  await takePictures(page, "home-agent-pause");
  await dialog.getByRole("button", { name: "Pause outreach" }).dblclick();
  await expect(home.getByText(/^Alex Morgan’s outreach was paused by Jordan Reyes/)).toBeVisible();
  await takePictures(page, "home-agent-paused");
  await page.getByLabel("Your role in the demo").selectOption("agent");
  await expect(home.getByText("A team lead or an administrator can resume it.")).toBeVisible();
  await expect(home.getByRole("button", { name: /^Resume/ })).toHaveCount(0);
  await page.getByLabel("Your role in the demo").selectOption("teamLead");
  await home.getByRole("button", { name: "Resume Alex Morgan’s outreach" }).click();
  await expect(home.getByText(/^Alex Morgan’s outreach was paused/)).toHaveCount(0);
}

test("the home warns before an office's domain becomes a bulk sender for good", async ({ page }) => {
  await page.route("**/api/tenant", async (route) => {
    const answer = await route.fetch();
    const tenant = (await answer.json()) as Record<string, unknown>;
    const volume = { domain: "cairn-main.example", emailsToday: 4120, bulkLimit: 5000, isNearLimit: true };
    await route.fulfill({ json: { ...tenant, volumes: [volume] } });
  });
  const home = await openHome(page);
  await expect(
    home.getByText(
      "cairn-main.example has sent 4,120 emails today. At 5,000 a day, Gmail and Microsoft permanently treat the domain as a bulk sender.",
    ),
  ).toBeVisible();
  await takePictures(page, "home-volume");
});
