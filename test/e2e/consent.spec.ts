import { advanceDemoToMonday, expectMails, getDemoNow, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

test("an owner abroad gets the emails once the agent has recorded their consent at the launch", async ({
  page,
}) => {
  const isPictured = process.env.PICTURES !== undefined;
  await advanceDemoToMonday(page);
  const yesterday = new Date((await getDemoNow(page)) - 86_400_000).toISOString().slice(0, 10);
  const tab = await openCampaignsTab(page, "77 Juniper Ct");
  await tab.getByRole("button", { name: "Absentee owner" }).click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  const dialog = tab.getByRole("dialog");
  const wait = dialog.getByText("Claire Tremblay’s mailing address is outside the US.");
  await expect(wait).toBeVisible();
  if (isPictured) await takePictures(page, "consent-asked");
  await dialog.getByRole("button", { name: "Record the consent of Claire Tremblay" }).click();
  await expect(dialog.getByLabel("Who agreed")).toHaveValue("Claire Tremblay");
  await dialog.getByLabel("When").fill(yesterday);
  await dialog.getByLabel("How they agreed, and in what words").fill("By phone: “Yes, email me.”");
  if (isPictured) await takePictures(page, "consent-form");
  await dialog.getByRole("button", { name: "Record consent" }).click();
  await expect(wait).toHaveCount(0);
  await expect(dialog.getByText(/Claire Tremblay: Agreed to emails from/)).toBeVisible();
  if (isPictured) await takePictures(page, "consent-noted");
  await dialog.getByRole("button", { name: "Launch", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expectMails(page, "claire.tremblay@example.org", 1);
  await tab.getByRole("button", { name: "Claire Tremblay" }).click();
  await expect(tab.getByText(/Agreed to emails from .*: By phone: “Yes, email me.”/)).toBeVisible();
  if (isPictured) await takePictures(page, "consent-recipient");
});
