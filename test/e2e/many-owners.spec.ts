import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { advanceDemoToMonday, expectMails, listMailTo } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** The owners of the CRM's homes in Boise. */
const owners = [
  { email: "helen.marsh@example.net", address: "618 Wisteria Ln" },
  { email: "rosa.lind@example.net", address: "1412 Larkspur Ct" },
];

/** Opens the launch to many owners with every property of a city that the CRM lists. */
async function writeToOwnersIn(page: Page, city: string) {
  await page.goto("/");
  await page.getByRole("combobox", { name: "City" }).selectOption(city);
  await page.getByRole("button", { name: "Write to these owners" }).click();
  const home = page.locator("doorknock-campaigns");
  await expect(home.getByRole("heading", { name: "Write to many owners" })).toBeVisible();
  return home;
}

test("the CRM hands its listed properties over, and one launch writes to each owner about their own home", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const home = await writeToOwnersIn(page, "Boise");
  await expect(home.getByText(/^\d+ properties$/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "owners");
  await home.getByRole("textbox", { name: "Name" }).fill("Boise owners");
  await home.getByRole("button", { name: "Check the owners" }).dblclick();
  await expect(home.getByText(/^Ready to add:/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "owners-check");
  await home.getByRole("button", { name: /^Add \d+ pe/ }).click();
  await expect(home.getByText(/^Added:/)).toBeVisible();
  await takePictures(page, "owners-added");
  await home.getByRole("button", { name: "Review and launch" }).click();
  await expect(home.getByRole("heading", { name: "Boise owners" })).toBeVisible();
  await takePictures(page, "owners-draft");
  await home.getByRole("button", { name: "Launch" }).click();
  await expect(home.getByText("Active", { exact: true })).toBeVisible();
  for (const { email, address } of owners) {
    await expectMails(page, email, 1);
    const [mail] = await listMailTo(page, email);
    expect(mail?.subject).toContain(address);
  }
  await page.getByRole("link", { name: "Outreach" }).click();
  await expect(home.getByRole("button", { name: "Boise owners" })).toHaveCount(1);
});
