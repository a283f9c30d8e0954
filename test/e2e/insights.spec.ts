import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import Papa from "papaparse";
import { expectAccessible } from "./accessible.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

async function openInsights(page: Page, role: "teamLead" | "viewer" = "teamLead"): Promise<Locator> {
  await page.goto("/#/outreach");
  await page.getByLabel("Your role in the demo").selectOption(role);
  const home = page.locator("doorknock-campaigns");
  await home.getByRole("button", { name: "Insights" }).click();
  await expect(home.getByRole("heading", { name: "Insights" })).toBeVisible();
  return home;
}

/** Reads the number of emails from a line such as "Nov 1 to Nov 30 · 1,495 emails sent". */
async function readSent(home: Locator): Promise<number> {
  const line = await home.getByText(/ · [\d,]+ emails? sent$/).textContent();
  return Number(/([\d,]+) emails? sent/.exec(line ?? "")?.[1]?.replaceAll(",", ""));
}

async function readCsv(page: Page, home: Locator): Promise<string[][]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    home.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const text = readFileSync(await file.path(), "utf8").replace(/^\ufeff/, "");
  return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
}

test.beforeEach(async ({ page }) => {
  await page.goto("/#/outreach");
  // The demo adds the past weeks only once, so each test may click the button.
  await page.getByRole("button", { name: "Add past weeks of emails and replies" }).click();
  await expect(page.getByText("Demo: Add")).toHaveCount(0);
});

test("a team lead compares periods, groups the figures, filters them and saves them as CSV", async ({
  page,
}) => {
  const home = await openInsights(page);
  await expect(home.getByRole("heading", { name: /^\d+ repl(y|ies), .+ the 30 days before$/ })).toBeVisible();
  const ofThirty = await readSent(home);
  await takePictures(page, "insights");
  await home.getByRole("button", { name: "Last 90 days" }).click();
  await expect(home.getByRole("heading", { name: /^\d+ repl(y|ies), .+ the 90 days before$/ })).toBeVisible();
  const ofNinety = await readSent(home);
  expect(ofNinety).toBeGreaterThan(ofThirty);
  await expect(home.getByRole("img", { name: "Replies by day" })).toBeVisible();
  await home.getByText("Show as a table").click();
  await expect(home.getByRole("region", { name: "Replies by day" }).getByRole("row")).toHaveCount(91);

  const by = home.getByRole("combobox", { name: "Group by" });
  await by.selectOption("sequence");
  const table = home.getByRole("region", { name: "Replies by sequence" });
  await expect(table.getByRole("row", { name: /^Expired listing/ })).toContainText(/of 100 reply|too few/);
  await by.selectOption("weekday");
  await home.getByRole("combobox", { name: "Show" }).selectOption("replyRate");
  await expect(home.getByRole("img", { name: "Replies per 100 emails by day of the week" })).toBeVisible();
  await takePictures(page, "insights-weekdays", home.getByRole("img", { name: /by day of the week/ }));

  const [heads = [], ...rows] = await readCsv(page, home);
  expect(rows.map(([day]) => day)).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  const sent = rows.map((row) => Number(row[heads.indexOf("Emails sent")]));
  expect(sent.reduce((sum, count) => sum + count, 0)).toBe(ofNinety);

  await home.getByRole("combobox", { name: "Agent" }).selectOption("Jordan Reyes");
  await expect.poll(() => readSent(home)).toBeLessThan(ofNinety);
  await by.selectOption("agent");
  await expect(home.getByRole("region").getByRole("row")).toHaveCount(2);
  await takePictures(page, "insights-agents", home.getByRole("region"));
  for (const theme of ["light", "dark"]) {
    await home.evaluate((element, value) => element.setAttribute("theme", value), theme);
    await expectAccessible(page);
  }
});

test("days without emails, wrong days, a lost connection and a token of one property say so", async ({
  page,
}) => {
  const home = await openInsights(page, "viewer");
  await expect(home.getByRole("heading", { name: /^\d+ repl(y|ies), / })).toBeVisible();
  await home.getByRole("button", { name: "Choose days" }).click();
  await home.getByLabel("First day").fill("2020-02-01");
  await expect(home.getByText("Choose at most a year.")).toBeVisible();
  await home.getByLabel("Last day").fill("2020-02-03");
  await expect(home.getByRole("heading", { name: "No email has gone out in these days." })).toBeVisible();
  await expect(home.getByRole("table")).toHaveCount(0);
  await takePictures(page, "insights-empty");
  await home.getByLabel("First day").fill("2020-02-04");
  await expect(home.getByText("The first day is after the last day.")).toBeVisible();

  await page.route("**/api/analytics?**", (route) => route.abort());
  await home.getByRole("button", { name: "Last 7 days" }).click();
  await expect(home.getByText("No connection", { exact: true })).toBeVisible();
  await takePictures(page, "insights-offline");
  await page.unroute("**/api/analytics?**");
  await home.getByRole("button", { name: "Try again" }).click();
  await expect(home.getByText("No connection", { exact: true })).toHaveCount(0);
  await expect(home.getByText(/ · [\d,]+ emails? sent$/)).toBeVisible();

  const error = {
    code: "forbidden",
    message: "This requires a token that covers every property.",
    requestId: "r",
  };
  await page.route("**/api/analytics?**", (route) => route.fulfill({ status: 403, json: { error } }));
  await home.getByRole("button", { name: "Last 90 days" }).click();
  await expect(home.getByText("You see only some properties")).toBeVisible();
  await expect(home.getByRole("button", { name: "Try again" })).toHaveCount(0);
});
