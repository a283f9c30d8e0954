import type { Locator } from "@playwright/test";
import { advanceDemoToMonday, confirmLaunch, expectMails, openCampaignsTab, openNewestMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const address = "1200 Cedar Ter";
const inez = { name: "Inez Calder", email: "inez.calder@example.net" };
const bo = { name: "Bo Fallon", email: "bo.fallon@example.net" };
const lea = { name: "Lea Ruiz", email: "lea.ruiz@example.net" };

/**
 * In the launch view, changes the first email of each person to a text with a value that the CRM
 * does not know.
 */
async function askForPetNames(tab: Locator): Promise<void> {
  for (const { name } of [inez, bo, lea]) {
    await tab.getByLabel("Preview for").selectOption(name);
    await tab.getByRole("button", { name: `Change for ${name}` }).click();
    await tab.getByLabel(`Text for ${name}`).fill("Hello,\n\nHow is {{recipient.petName}}?\n\nAlex");
    await tab.getByRole("button", { name: `Save for ${name}` }).click();
    await expect(tab.getByText(`Changed for ${name}`).first()).toBeVisible();
  }
}

test("a value that three people lack is filled in once for all, and then differently for one of them", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, address);
  await tab.evaluate(
    (element, people) => {
      (element as HTMLElement & { contacts: unknown[] }).contacts = people.map(({ name, email }) => ({
        ContactKey: email,
        FullName: name,
        Email: email,
      }));
    },
    [inez, bo, lea],
  );
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await askForPetNames(tab);
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
