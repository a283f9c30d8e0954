import type { Page } from "@playwright/test";
import { advanceDemoToMonday, expectMails, listMailTo, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const estate = { address: "1508 W Saguaro Bloom St", email: "denise.pruitt@example.org" };

/** From now on, the CRM's backend signs all tokens for a team lead. */
async function becomeTeamLead(page: Page): Promise<void> {
  await page.route("/demo/token", (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>;
    return route.continue({ postData: JSON.stringify({ ...body, role: "teamLead" }) });
  });
}

test("a probate campaign waits for a team lead, who first declines it and later approves it", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  const tab = await openCampaignsTab(page, estate.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  const dialog = tab.getByRole("dialog");
  await expect(
    dialog.getByText("A team lead has to approve campaigns to people from probate filings"),
  ).toBeVisible();
  await dialog.getByRole("checkbox", { name: /Denise Pruitt is the estate’s personal/ }).check();
  await takePictures(page, "approvals-ask");
  await dialog.getByRole("button", { name: "Ask for approval" }).click();
  await expect(tab.getByText("Waiting for a team lead’s approval.").first()).toBeVisible();
  await expect(tab.getByRole("button", { name: "Approve and launch" })).toHaveCount(0);
  await takePictures(page, "approvals-waiting");

  await becomeTeamLead(page);
  const lead = await openCampaignsTab(page, estate.address);
  await lead.getByRole("button", { name: "Seller outreach" }).first().click();
  await expect(lead.getByText("This launch needs your approval.")).toBeVisible();
  await takePictures(page, "approvals-lead");
  await lead.getByRole("button", { name: "Decline…" }).click();
  await lead.getByLabel("Reason").fill("Denise asked for time until the new year.");
  await takePictures(page, "approvals-decline");
  await lead.getByRole("dialog").getByRole("button", { name: "Decline", exact: true }).click();
  await expect(lead.getByText("“Denise asked for time until the new year.”")).toBeVisible();
  await takePictures(page, "approvals-declined");
  expect(await listMailTo(page, estate.email)).toHaveLength(0);

  await page.unroute("/demo/token");
  const again = await openCampaignsTab(page, estate.address);
  await again.getByRole("button", { name: "Seller outreach" }).first().click();
  await again.getByRole("button", { name: "Launch", exact: true }).click();
  await expect(again.getByText("Waiting for a team lead’s approval.").first()).toBeVisible();

  await becomeTeamLead(page);
  const approving = await openCampaignsTab(page, estate.address);
  await approving.getByRole("button", { name: "Seller outreach" }).first().click();
  await approving.getByRole("button", { name: "Approve and launch" }).click();
  await expect(approving.getByText("Approved by Jordan Reyes")).toBeVisible();
  await expectMails(page, estate.email, 1);
});
