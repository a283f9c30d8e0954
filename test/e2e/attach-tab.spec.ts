import type { Locator, Page } from "@playwright/test";
import { toDoorknockProperty } from "../../demo/crm/doorknock.ts";
import { propertyRecords } from "../../demo/data/properties.ts";
import { isDeep } from "../support/node/depth.ts";
import { buildHostScripts, type HostScripts, openHostPage } from "./hosts/host-pages.ts";
import { tabHosts } from "./hosts/tabs/tab-hosts.ts";
import { collectHostFaults, type HostFaults } from "./hosts/watch-host.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests `attachTab` in the drawers of common libraries: the plugin's tab looks and behaves like a
 * tab of the host, also while the host renders, and is removed without a trace.
 */

const [property] = propertyRecords;
if (property === undefined) throw new Error("The demo has no property.");
const records = { property: toDoorknockProperty(property), contacts: property.contacts };

/** `npm test` opens a host that draws its tabs anew, and React's most common tabs. */
const shortRun = ["plain-tabs", "radix-tabs", "no-tabs"];
const hosts = tabHosts.filter(({ script }) => isDeep || shortRun.includes(script));

let scripts: HostScripts;
test.beforeAll(async () => {
  scripts = await buildHostScripts(hosts.map(({ file }) => file));
});

type HostAct = "open" | "close" | "draw" | "attach" | "detach" | "inject" | "endInject";
const act = (page: Page, name: HostAct) =>
  page.evaluate((called) => {
    const { host } = window as unknown as { host: Record<HostAct, () => unknown> };
    host[called]();
  }, name);

const getOwnNodes = (page: Page) => page.locator("[data-doorknock], [data-doorknock-hidden]");
const getTab = (page: Page, name: string) =>
  page.locator(".drawer button:not([data-doorknock=opener])").filter({ hasText: new RegExp(`^${name}$`) });
const getText = (page: Page, name: string) => page.getByText(`The ${name.toLowerCase()} of the house`);
const getCampaigns = (page: Page) =>
  page.locator("doorknock-campaigns").getByRole("button", { name: "Seller outreach" });

const lookNames = ["color", "backgroundColor", "fontWeight", "fontSize", "boxShadow", "borderBottomColor"];
/** Returns what a person sees of a tab, once its colors no longer change. */
const readLook = (tab: Locator) =>
  tab.evaluate(async (element, names) => {
    await Promise.all(element.getAnimations().map(({ finished }) => finished));
    const style = getComputedStyle(element) as unknown as Record<string, string>;
    return names.map((name) => style[name]);
  }, lookNames);

async function expectClean({ violations, errors }: HostFaults): Promise<void> {
  expect(violations).toEqual([]);
  expect(errors).toEqual([]);
}

for (const host of hosts.filter(({ hasNoTabs }) => !hasNoTabs))
  test(`the tab is one of the host's tabs: ${host.name}`, async ({ page }) => {
    const faults = await collectHostFaults(page);
    await openHostPage(page, host, scripts, records);
    await act(page, "open");
    const own = getTab(page, "Campaigns");
    await expect(own).toHaveCount(1);
    await act(page, "attach");
    const [details, owners] = [getTab(page, "Details"), getTab(page, "Owners")];
    const [selected, idle] = [await readLook(details), await readLook(owners)];
    expect(selected).not.toEqual(idle);
    expect(await readLook(own)).toEqual(idle);

    await own.click();
    await expect(getCampaigns(page)).toBeVisible();
    await expect(getText(page, "Details")).toBeHidden();
    await page.mouse.move(0, 0);
    expect(await readLook(own)).toEqual(selected);
    expect(await readLook(details)).toEqual(idle);
    await takePictures(page, `attach-tab-${host.script}`, page.locator(".drawer"));
    for (let count = 0; count < 3; count += 1) await act(page, "draw");
    await expect(own).toHaveCount(1);
    await expect(getCampaigns(page)).toBeVisible();
    await expect(getText(page, "Details")).toBeHidden();
    if (host.hasRoles) {
      await expect(page.getByRole("tab", { selected: true })).toHaveText(["Campaigns"]);
      await expect(page.getByRole("tabpanel", { name: "Campaigns" })).toBeVisible();
    }

    await details.click();
    await expect(getText(page, "Details")).toBeVisible();
    await expect(getCampaigns(page)).toBeHidden();
    await own.click();
    await expect(getCampaigns(page)).toBeVisible();
    await owners.click();
    await expect(getText(page, "Owners")).toBeVisible();
    await expect(getCampaigns(page)).toBeHidden();
    await page.mouse.move(0, 0);
    expect([await readLook(details), await readLook(owners), await readLook(own)]).toEqual([
      idle,
      selected,
      idle,
    ]);
    if (host.hasRoles) await moveByKeys(page);

    await own.click();
    await act(page, "detach");
    await expect(getOwnNodes(page)).toHaveCount(0);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    for (const name of ["Notes", "Details"]) {
      await getTab(page, name).click();
      await expect(getText(page, name)).toBeVisible();
    }
    await expectClean(faults);
  });

/** Moves by keys from the host's last tab to the plugin's tab, and on to the host's first tab. */
async function moveByKeys(page: Page): Promise<void> {
  await getTab(page, "Notes").click();
  await page.keyboard.press("ArrowRight");
  await expect(getTab(page, "Campaigns")).toBeFocused();
  await expect(getCampaigns(page)).toBeVisible();
  await expect(page.getByRole("tab", { selected: true })).toHaveText(["Campaigns"]);
  await page.keyboard.press("ArrowRight");
  await expect(getTab(page, "Details")).toBeFocused();
  await expect(getText(page, "Details")).toBeVisible();
  await expect(page.getByRole("tab", { selected: true })).toHaveText(["Details"]);
  await page.keyboard.press("End");
  await expect(getCampaigns(page)).toBeVisible();
}

test("a drawer without tabs gets a section that opens and closes, above the host's own buttons", async ({
  page,
}) => {
  const host = tabHosts.find(({ hasNoTabs }) => hasNoTabs);
  if (host === undefined) throw new Error("No host page is without tabs.");
  const faults = await collectHostFaults(page);
  await openHostPage(page, host, scripts, records);
  await act(page, "open");
  const opener = page.locator(".content").getByRole("button", { name: "Campaigns" });
  await expect(opener).toHaveAttribute("aria-expanded", "false");
  await act(page, "attach");
  await act(page, "draw");
  await opener.click();
  await expect(getCampaigns(page)).toBeVisible();
  await expect(getText(page, "Notes")).toBeVisible();
  await takePictures(page, "attach-tab-section", page.locator(".drawer"));
  await act(page, "draw");
  await expect(page.locator(".content > :last-child")).toHaveAttribute("data-doorknock", "section");
  await opener.click();
  await expect(getCampaigns(page)).toBeHidden();
  await act(page, "detach");
  await expect(getOwnNodes(page)).toHaveCount(0);
  await expectClean(faults);
});

test("autoInject follows each drawer of the page, and each property of a drawer", async ({ page }) => {
  const [host] = tabHosts;
  if (host === undefined) throw new Error("There is no host page.");
  const faults = await collectHostFaults(page);
  await openHostPage(page, host, scripts, records);
  await act(page, "inject");
  await act(page, "open");
  await expect(getTab(page, "Campaigns")).toHaveCount(1);
  await getTab(page, "Campaigns").click();
  const element = page.locator("doorknock-campaigns");
  await expect(element).toHaveAttribute("property-id", "p_one");
  await page.locator(".drawer").evaluate((drawer: HTMLElement) => {
    drawer.dataset.id = "p_two";
  });
  await expect(element).toHaveAttribute("property-id", "p_two");
  await act(page, "close");
  await act(page, "open");
  await expect(getTab(page, "Campaigns")).toHaveCount(1);
  await act(page, "endInject");
  await expect(getOwnNodes(page)).toHaveCount(0);
  await expectClean(faults);
});

test("a call that can't work is one line for the developer, and no error", async ({ page }) => {
  const [host] = tabHosts;
  if (host === undefined) throw new Error("There is no host page.");
  const lines: string[] = [];
  const errors: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", ({ message }) => errors.push(message));
  await openHostPage(page, host, scripts, records);
  await page.evaluate(() => {
    const { Doorknock } = window as unknown as {
      Doorknock: { attachTab(drawer: Element | string, options?: object): () => Promise<void> };
    };
    Doorknock.attachTab("#none");
    const drawer = document.createElement("section");
    document.body.append(drawer);
    Doorknock.attachTab(drawer, { tablist: ".none" });
  });
  await page.getByRole("button", { name: "Campaigns" }).click();
  const isOurs = (line: string) => line.startsWith("Doorknock (tab)");
  await expect.poll(() => lines.filter(isOurs)).toHaveLength(3);
  expect(lines.filter(isOurs).map((line) => /#none|\.none|data-property-id/.exec(line)?.[0])).toEqual([
    "#none",
    ".none",
    "data-property-id",
  ]);
  expect(errors).toEqual([]);
});
