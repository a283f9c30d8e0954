import { advanceDemoToMonday, expectMails, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/* Tests a campaign with many people. */

test("among all people of a campaign one is found, three are paused, and the pause is undone", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, "1200 Cedar Ter");
  await tab
    .getByRole("button", { name: /New outreach|Seller outreach/ })
    .first()
    .click();
  await tab.getByRole("button", { name: "Select all" }).click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  await tab.getByRole("dialog").getByRole("button", { name: "Launch", exact: true }).click();
  await expect(tab.getByRole("dialog")).toBeHidden();
  await tab.getByRole("button", { name: "See all people" }).click();
  const list = tab.getByRole("list", { name: "Recipients" });
  await expect(list.getByText("Ana Beltran")).toBeVisible();
  await takePictures(page, "people");

  await tab.getByRole("searchbox").fill("calloway");
  await expect(list.getByText("Ana Beltran")).toBeHidden();
  await expect(list.getByText("Hugh Calloway")).toBeVisible();
  await tab.getByRole("searchbox").fill("");

  await list.getByRole("checkbox", { name: "Select Hugh Calloway" }).click();
  await list.getByRole("checkbox", { name: "Select Owen Eberhart" }).click({ modifiers: ["Shift"] });
  await expect(tab.getByText("3 people selected")).toBeVisible();
  for (const name of ["Hugh Calloway", "Priya Desai", "Owen Eberhart"])
    await expect(list.getByRole("checkbox", { name: `Select ${name}` })).toBeChecked();
  await takePictures(page, "people-selected");
  await tab.getByRole("button", { name: "Pause…" }).click();
  const dialog = tab.getByRole("dialog");
  await expect(dialog.getByText("3 people will be paused.")).toBeVisible();
  await takePictures(page, "people-pause");
  await dialog.getByRole("button", { name: "Pause", exact: true }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(list.getByText("Paused")).toHaveCount(3);
  await tab.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByText("Paused")).toHaveCount(0);
});

test("the steps narrow the list, the days of adding do, and the chosen people get another sender", async ({
  page,
}) => {
  await expectMails(page, "hugh.calloway@example.com", 1);
  const tab = await openCampaignsTab(page, "1200 Cedar Ter");
  await tab
    .getByRole("button", { name: /Seller outreach/ })
    .first()
    .click();
  await tab.getByRole("button", { name: "See all people" }).click();
  const list = tab.getByRole("list", { name: "Recipients" });
  const all = Number(await list.locator("li").last().getAttribute("aria-setsize"));
  const steps = tab.getByRole("group", { name: "Next step" });
  await steps.getByRole("button", { name: "Step 3" }).click();
  await expect(tab.getByText("Nobody in this campaign matches.")).toBeVisible();
  await takePictures(page, "people-step");
  await steps.getByRole("button", { name: "Step 3" }).click();
  await expect(list).toBeVisible();
  await tab.getByText("Date added").click();
  await tab.getByLabel("Last day").fill("2020-01-01");
  await expect(tab.getByText("Nobody in this campaign matches.")).toBeVisible();
  await tab.getByLabel("Last day").fill("");
  await tab.getByRole("button", { name: `Select all ${all}` }).click();
  await tab.getByRole("button", { name: "Change sender…" }).click();
  const dialog = tab.getByRole("dialog");
  const sender = dialog.getByLabel("Sender");
  await expect(dialog.getByRole("button", { name: "Change sender" })).toBeDisabled();
  await sender.selectOption({ index: 1 });
  await expect(dialog.getByText(`${all} people: already that way`)).toBeVisible();
  await takePictures(page, "people-sender");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await tab.getByRole("button", { name: "Fill in…" }).click();
  await expect(dialog.getByText("No email of these people is missing a value.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await tab.getByRole("button", { name: "Clear selection" }).click();
  await list.getByRole("checkbox", { name: "Select Hugh Calloway" }).click();
  await tab.getByRole("button", { name: "Remove…" }).click();
  await expect(dialog.getByText("1 person: already emailed")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Remove", exact: true })).toBeDisabled();
  await takePictures(page, "people-remove");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(list.getByText("Hugh Calloway")).toBeVisible();
});
