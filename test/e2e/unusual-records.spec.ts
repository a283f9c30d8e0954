import type { Locator } from "@playwright/test";
import { advanceDemoToMonday, confirmLaunch, expectMails, openCampaignsTab, openNewestMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const address = "1200 Cedar Ter";
const inez = { name: "Inez Calder", email: "inez.calder@example.net" };
const bo = { name: "Bo Fallon", email: "bo.fallon@example.net", other: "bo@fallon.example" };

/**
 * Sets records on the plugin's element that are as large and as odd as the records of real CRMs.
 */
async function giveOddRecords(tab: Locator): Promise<void> {
  await tab.evaluate(
    (element, people) => {
      const host = element as HTMLElement & { property: Record<string, unknown>; contacts: unknown[] };
      const photos = Array.from({ length: 60 }, (_, order) => ({
        Order: order,
        MediaURL: `https://photos.example/${order}?signature=${"s".repeat(900)}`,
      }));
      const record: Record<string, unknown> = { ...host.property, Media: photos, Area: Number.NaN };
      record.Parent = record;
      host.property = record;
      host.contacts = [
        {
          ContactKey: "c-1",
          FullName: people.inez.name,
          Email: people.inez.email,
          Notes: "n".repeat(17_000),
        },
        {
          ContactKey: "c-2",
          FullName: people.bo.name,
          Email: `${people.bo.name} <${people.bo.email}>\u200b`,
        },
        { ContactKey: "c-3", FullName: "Wim Ode", Email: "wim@@example" },
        { ContactKey: "c-4", FullName: "Lea Ruiz", Email: null, Tags: [null] },
      ];
    },
    { inez, bo },
  );
}

/* Tests records that are unusually large or odd. */
test("odd records of the host launch, a missing value and a bounced address are mended in place", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, address);
  await giveOddRecords(tab);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await expect(tab.getByRole("checkbox", { name: inez.name })).toBeChecked();
  await expect(tab.getByRole("checkbox", { name: bo.name })).toBeChecked();
  const wim = tab.getByRole("checkbox", { name: "Wim Ode" });
  await expect(wim).toBeDisabled();
  await expect(tab.getByText("This email address doesn’t look right")).toBeVisible();
  await takePictures(page, "unusual-records-launch");

  await tab.getByRole("button", { name: `Change for ${inez.name}` }).click();
  await tab.getByLabel(`Text for ${inez.name}`).fill("Hi Inez,\n\nHow is {{recipient.petName}}?\n\nAlex");
  await tab.getByRole("button", { name: `Save for ${inez.name}` }).click();
  await expect(tab.getByText("Emails that use it will wait").first()).toBeVisible();
  await confirmLaunch(tab);
  await expectMails(page, bo.email, 1);
  await expectMails(page, inez.email, 0);

  await tab.getByRole("button", { name: inez.name }).first().click();
  await expect(tab.getByText("Missing from their emails")).toBeVisible();
  await takePictures(page, "unusual-records-missing");
  await tab.getByLabel(/^Pet name/).fill("Otto");
  await tab.getByRole("button", { name: "Save", exact: true }).click();
  await expect(tab.getByText("Missing from their emails")).toHaveCount(0);
  await expectMails(page, inez.email, 1);

  const mail = await openNewestMail(page, bo.email);
  await mail.getByRole("button", { name: "Bounce" }).click();
  await expect(mail.getByText("Bounced", { exact: true })).toBeVisible();
  const again = await openCampaignsTab(page, address);
  await again
    .getByRole("button", { name: /Seller outreach/ })
    .first()
    .click();
  await again.getByRole("button", { name: bo.name }).first().click();
  await again.getByRole("button", { name: "Use another email address" }).click();
  await expect(again.getByLabel("Email", { exact: true })).toBeFocused();
  await takePictures(page, "unusual-records-replace-address");
  await again.getByLabel("Email", { exact: true }).fill(bo.other);
  await again.getByRole("button", { name: "Save", exact: true }).click();
  await expect(again.getByText(bo.other).first()).toBeVisible();
  await expect(again.getByText(`· to ${bo.email}`)).toBeVisible();
  await takePictures(page, "unusual-records-replaced");
  await again.getByRole("button", { name: "Send now" }).click();
  await takePictures(page, "unusual-records-send-now");
  await again.getByRole("dialog").getByRole("button", { name: "Send now" }).click();
  await expectMails(page, bo.other, 1);
  await expectMails(page, bo.email, 1);
});
