import { openCampaignsTab } from "./demo.ts";
import { expect, test } from "./stories.ts";

test("with theme=auto the tab follows the host's own theme, and the system's only if the host has none", async ({
  page,
}) => {
  const tab = await openCampaignsTab(page, "123 Main St");
  await tab.evaluate((element) => element.setAttribute("theme", "auto"));
  const frame = tab.locator(".root");
  const expectTheme = (theme: "light" | "dark") => expect(frame).toHaveAttribute("data-theme", theme);
  const setOnPage = (name: string, value: string) =>
    page.evaluate(([key, text]) => document.documentElement.setAttribute(key, text), [name, value] as const);
  // The page's policy forbids a style attribute, but not the property.
  const setColorScheme = (value: string) =>
    page.evaluate((scheme) => {
      document.documentElement.style.colorScheme = scheme;
    }, value);

  await page.emulateMedia({ colorScheme: "dark" });
  // The demo's page declares that it is light.
  await expectTheme("light");
  await setColorScheme("normal");
  await expectTheme("dark");
  await setColorScheme("light");
  await expectTheme("light");
  await setColorScheme("light dark");
  await expectTheme("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await setOnPage("class", "no-js dark");
  await expectTheme("dark");
  await setOnPage("class", "");
  await expectTheme("light");
  await setOnPage("data-bs-theme", "dark");
  await expectTheme("dark");
  // A part of the page can have another theme than the page.
  await page.locator(".drawer").evaluate((drawer) => drawer.classList.add("light"));
  await expectTheme("light");

  await tab.evaluate((element) => element.setAttribute("theme", "dark"));
  await expectTheme("dark");
});
