import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { chooseRunCount } from "../support/node/depth.ts";
import { minute } from "../support/time.ts";
import { openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { measureFrames } from "./scrolling.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests a campaign with as many people as a campaign may have: 10,000 in the deep run, and 700 in
 * `npm test`, which is more than one request adds.
 */

const address = "1200 Cedar Ter";
const imported = chooseRunCount(700, 9_990);
const isDeep = imported > 700;
/** The number of people of the file who live on Larkspur Lane, as their names say. */
const chosen = 300;
/** The place in the file of the person who is looked for. */
const soughtPlace = imported - 7;

const listNames = () =>
  Array.from({ length: imported }, (_, index) => {
    if (index === soughtPlace) return "Wilhelmina Featherstone";
    return index % 2 === 0 && index < 2 * chosen ? `Larkspur Owner ${index}` : `Owner ${index}`;
  });
const csv = ["Name,Email", ...listNames().map((name, index) => `${name},person-${index}@filed.example`)].join(
  "\r\n",
);

const openPeople = async (page: Page): Promise<Locator> => {
  const tab = await openCampaignsTab(page, address);
  await tab
    .getByRole("button", { name: /^Seller outreach/ })
    .first()
    .click();
  await tab.getByRole("button", { name: "See all people" }).click();
  return tab;
};

const readCount = async (tab: Locator): Promise<number> => {
  const list = tab.getByRole("list", { name: "Recipients" });
  return Number(await list.locator("li[aria-setsize]").first().getAttribute("aria-setsize"));
};

test.describe.configure({ mode: "serial", timeout: chooseRunCount(4, 15) * minute });

test("a file of people is added to a running campaign over a lost connection, each person once", async ({
  page,
}) => {
  const tab = await openCampaignsTab(page, address);
  await tab.getByRole("button", { name: "Seller outreach" }).click();
  await tab.getByRole("button", { name: "Select none" }).click();
  await tab.getByRole("checkbox", { name: "Ana Beltran" }).check();
  await tab.getByRole("button", { name: "Launch…" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }).click();
  await tab.getByRole("button", { name: "Add people…" }).click();
  await tab.getByRole("button", { name: "CSV file" }).click();
  const file = { name: "owners.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await tab.getByLabel("CSV file of up to 10,000 people and 5 MB").setInputFiles(file);
  await tab
    .getByRole("combobox", { name: "How does your office know these people?" })
    .selectOption("referral");
  await tab.getByRole("button", { name: /^Check / }).click();
  await expect(tab.getByText(`Ready to add: ${imported.toLocaleString("en-US")} people`)).toBeVisible({
    timeout: 2 * minute,
  });
  // The second request is answered, but its answer is lost.
  let requests = 0;
  await page.route(/\/api\/campaigns\/\d+\/recipients$/, async (route) => {
    if (route.request().method() !== "POST") return await route.fallback();
    requests += 1;
    if (requests !== 2) return await route.fallback();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await tab.getByRole("button", { name: /^Add / }).dblclick();
  await expect(tab.getByText(/^Added: /).or(tab.getByRole("button", { name: "Try now" }))).toBeVisible({
    timeout: 4 * minute,
  });
  const again = tab.getByRole("button", { name: "Try now" });
  if (await again.isVisible()) await again.click();
  await expect(tab.getByText(/^Added: /)).toBeVisible({ timeout: 4 * minute });
  await page.unrouteAll({ behavior: "wait" });
  await tab.getByRole("button", { name: "Back to people" }).last().click();
  await expect.poll(() => readCount(tab)).toBe(imported + 1);
});

test("one person is found with one request, 300 are paused over a lost answer, and all are exported", async ({
  page,
  context,
}) => {
  const tab = await openPeople(page);
  const list = tab.getByRole("list", { name: "Recipients" });
  await expect.poll(() => readCount(tab)).toBe(imported + 1);
  const searches: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).searchParams.has("q")) searches.push(request.url());
  });
  await tab.getByRole("searchbox").fill("featherstone");
  await expect(list.getByText("Wilhelmina Featherstone")).toBeVisible();
  await expect.poll(() => readCount(tab)).toBe(1);
  expect(searches).toHaveLength(1);

  await tab.getByRole("searchbox").fill("larkspur");
  await tab.getByRole("button", { name: `Select all ${chosen}` }).click();
  await expect(tab.getByText(`${chosen} people selected`)).toBeVisible();
  const other = await openPeople(await context.newPage());
  await loseAnswerOnce(page);
  await tab.getByRole("button", { name: "Pause…" }).click();
  const dialog = tab.getByRole("dialog");
  await expect(dialog.getByText(`${chosen} people will be paused.`)).toBeVisible();
  await takePictures(page, "large-pause");
  const pause = dialog.getByRole("button", { name: "Pause", exact: true });
  await pause.dblclick();
  await expect(dialog.getByText("No connection")).toBeVisible();
  await pause.click();
  await expect(dialog).toBeHidden();
  await expect(list.getByText("Paused").first()).toBeVisible();
  await expectPaused(other, true);

  await tab.getByRole("button", { name: "Undo" }).dblclick();
  await expect(list.getByText("Paused")).toHaveCount(0);
  await expectPaused(other, false);

  await tab.getByRole("searchbox").fill("");
  await expect.poll(() => readCount(tab)).toBe(imported + 1);
  const download = page.waitForEvent("download");
  await tab.getByRole("button", { name: "Export" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split(/\r?\n/);
  expect(lines).toHaveLength(imported + 2);
  expect(new Set(lines.flatMap((line) => /person-\d+@filed\.example/.exec(line) ?? [])).size).toBe(imported);
});

test("scrolling ten thousand people takes at most twice the frame time of an empty list", async ({
  page,
}) => {
  test.skip(!isDeep, "a list of 10,000 people is filled only in the deep run");
  const tab = await openPeople(page);
  await expect.poll(() => readCount(tab)).toBe(imported + 1);
  const { empty, people } = await measureFrames(page, tab.getByRole("list", { name: "Recipients" }));
  console.log(`95th percentile of the frame times: ${people} ms, of an empty list ${empty} ms`);
  expect(people).toBeLessThanOrEqual(2 * empty);
});

/** Lets the Worker carry out the page's next bulk action, and loses the answer. */
async function loseAnswerOnce(page: Page): Promise<void> {
  let isLost = false;
  await page.route(/\/recipients\/actions$/, async (route) => {
    const { preview = false } = route.request().postDataJSON() as { preview?: boolean };
    if (isLost || preview) return await route.fallback();
    isLost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
}

/** Checks in another window that these people are paused, or that they are not. */
async function expectPaused(tab: Locator, arePaused: boolean): Promise<void> {
  const list = tab.getByRole("list", { name: "Recipients" });
  await tab.getByRole("searchbox").fill("larkspur");
  await expect.poll(() => readCount(tab)).toBe(chosen);
  const shown = await list.locator(".person").count();
  await expect(list.getByText("Paused")).toHaveCount(arePaused ? shown : 0);
  await tab.getByRole("searchbox").fill("");
  await expect.poll(() => readCount(tab)).toBe(imported + 1);
}
