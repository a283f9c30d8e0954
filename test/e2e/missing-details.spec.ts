import type { Locator, Page } from "@playwright/test";
import {
  advanceDemoClock,
  advanceDemoToMonday,
  confirmLaunch,
  expectMails,
  openCampaignsTab,
  openNewestMail,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const inez = { name: "Inez Calder", email: "inez.calder@example.net" };
const bo = { name: "Bo Fallon", email: "bo.fallon@example.net" };
const lea = { name: "Lea Ruiz", email: "lea.ruiz@example.net" };
const kit = { name: "Kit Moran", email: "kit.moran@example.net" };
const sol = { name: "Sol Abara", email: "sol.abara@example.net" };
const uma = { name: "Uma Lindt", email: "uma.lindt@example.net" };
type Person = typeof inez;

/** Opens the launch view of a property with these people as its contacts. */
async function openLaunch(page: Page, address: string, people: readonly Person[]): Promise<Locator> {
  const tab = await openCampaignsTab(page, address);
  await tab.evaluate((element, given) => {
    (element as HTMLElement & { contacts: unknown[] }).contacts = given.map(({ name, email }) => ({
      ContactKey: email,
      FullName: name,
      Email: email,
    }));
  }, people);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  return tab;
}

/** In the launch view, changes the first email of each person to a text with missing values. */
async function changeFirstEmails(tab: Locator, people: readonly Person[], text: string): Promise<void> {
  for (const { name } of people) {
    await tab.getByLabel("Preview for").selectOption(name);
    await tab.getByRole("button", { name: `Change for ${name}` }).click();
    await tab.getByLabel(`Text for ${name}`).fill(text);
    await tab.getByRole("button", { name: `Save for ${name}` }).click();
    await expect(tab.getByText(`Changed for ${name}`).first()).toBeVisible();
  }
}

test("a value that three people lack is filled in once for all, and then differently for one of them", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openLaunch(page, "1200 Cedar Ter", [inez, bo, lea]);
  await changeFirstEmails(tab, [inez, bo, lea], "Hello,\n\nHow is {{recipient.petName}}?\n\nAlex");
  await expect(tab.getByText("Emails that use it will wait")).toHaveCount(3);
  await takePictures(page, "missing-details", tab.getByText("Missing details"));

  await tab.getByLabel("Pet name for email 1 to 3 people").fill("Otto");
  await tab.getByRole("button", { name: "Save details" }).click();
  await expect(tab.getByText("Pet name for Bo Fallon: “Otto”")).toBeVisible();
  await expect(tab.getByText("Emails that use it will wait")).toHaveCount(0);
  await tab.getByRole("button", { name: "Change Pet name for Bo Fallon" }).click();
  await expect(tab.getByLabel("Pet name for email 1 to Bo Fallon")).toHaveValue("Otto");
  await tab.getByLabel("Pet name for email 1 to Bo Fallon").fill("Rex");
  await tab.getByRole("button", { name: "Save details" }).click();
  await takePictures(page, "missing-details-filled", tab.getByText("Details you filled in"));

  await confirmLaunch(tab);
  for (const { email } of [inez, bo, lea]) await expectMails(page, email, 1);
  for (const [{ email }, pet] of [
    [inez, "Otto"],
    [bo, "Rex"],
    [lea, "Otto"],
  ] as const) {
    await expect(await openNewestMail(page, email)).toContainText(`How is ${pet}?`);
  }
});

test("people held after the launch are filled in together, and each with their own value", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openLaunch(page, "77 Juniper Ct", [kit, sol, uma]);
  await changeFirstEmails(
    tab,
    [kit, sol, uma],
    "Hello {{recipient.middleName}},\n\nI have {{recipient.gift}} for you.\n\nAlex",
  );
  await confirmLaunch(tab);
  await advanceDemoClock(page, "2m");
  const notice = tab.getByText("3 people are waiting on a missing detail in their next email.");
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await takePictures(page, "held-people-notice", notice);

  // One of them: "Resume" would only hold the person again, so the view leads to the missing value.
  await tab.getByRole("button", { name: sol.name }).click();
  await expect(tab.getByRole("button", { name: "Resume" })).toHaveCount(0);
  await tab.getByRole("button", { name: "Fill in…" }).click();
  await expect(tab.getByLabel("Middle name for email 1")).toBeFocused();
  await takePictures(page, "held-person");
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();

  // All of them.
  await tab.getByRole("button", { name: "Fill in…" }).click();
  await tab.getByLabel("Gift for 3 people").fill("a plum tree");
  await takePictures(page, "held-people", tab.getByText("Missing details"));
  await tab.getByRole("button", { name: "Save details" }).click();
  await expect(tab.getByText("Filled in for 3 people.").first()).toBeVisible();
  await tab.getByRole("button", { name: "Undo" }).click();
  await expect(tab.getByLabel("Gift for 3 people")).toBeVisible();

  await tab.getByRole("button", { name: "Fill in each person: Gift" }).click();
  await tab.getByLabel(`Gift for ${kit.name}`).fill("a plum tree");
  await tab.getByLabel(`Gift for ${sol.name}`).fill("a fig tree");
  await tab.getByLabel(`Gift for ${uma.name}`).fill("a plum tree");
  for (const { name } of [kit, sol, uma])
    await tab.getByLabel(`Middle name for ${name}`).fill(`${name.split(" ")[0]} M.`);
  await tab.getByRole("button", { name: "Save details" }).click();
  await expect(tab.getByText("Missing details")).toHaveCount(0);

  for (const { email } of [kit, sol, uma]) await expectMails(page, email, 1);
  for (const [{ name, email }, gift] of [
    [kit, "a plum tree"],
    [sol, "a fig tree"],
    [uma, "a plum tree"],
  ] as const) {
    const mail = await openNewestMail(page, email);
    await expect(mail).toContainText(`Hello ${name.split(" ")[0]} M.,`);
    await expect(mail).toContainText(`I have ${gift} for you.`);
  }
});
