import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { findFreePort } from "../../scripts/port.ts";
import { advanceDemoToMonday, launchSellerOutreach, openCampaignsTab } from "./demo.ts";
import { startStandInMailService } from "./kill-services.ts";
import { KillableWorker } from "./kill-worker.ts";
import { takePictures } from "./pictures.ts";

const address = "123 Main St";

/*
 * Kills the Worker's process when SendGrid has received an email but has not answered yet. The
 * test's SendGrid account can't answer questions about emails, so the tab shows "Probably sent".
 * The agent chooses what should happen to such emails.
 */
test("an email in flight when the Worker died reads as probably sent, and the campaign says what then", async ({
  browser,
}) => {
  test.setTimeout(480_000);
  const service = await startStandInMailService("sendgrid", () => 0, "hang");
  const folder = mkdtempSync(join(tmpdir(), "doorknock-in-flight-"));
  const worker = new KillableWorker(folder, service, 0, await findFreePort());
  try {
    await worker.prepare();
    await worker.start();
    const context = await browser.newContext({ baseURL: worker.url, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await advanceDemoToMonday(page);
    await launchSellerOutreach(page, address);
    await worker.advance("1m");
    let isDead = false;
    const dying = service.waitForArrivals(1).then(async () => {
      await worker.kill();
      isDead = true;
    });
    await worker.drive(() => isDead);
    await dying;
    await worker.start();
    await worker.advance("12m");
    await worker.pass("10m", async () =>
      (await openRecipient(page))
        .getByText(/^Probably sent/)
        .first()
        .isVisible(),
    );

    const recipient = await openRecipient(page);
    await expect(recipient.getByText(/^Probably sent/).first()).toBeVisible();
    await expect(recipient.getByText(/^Sent\b/)).toHaveCount(0);
    await takePictures(page, "in-flight-recipient");
    const campaign = await openCampaign(page);
    await expect(
      campaign.getByText("1 email probably sent, not confirmed by the email service"),
    ).toBeVisible();
    expect(service.arrived).toHaveLength(1);

    await campaign.getByText("More", { exact: true }).click();
    const choice = campaign.getByLabel("If we can’t tell whether an email went out");
    await expect(choice).toHaveValue("office");
    await choice.selectOption({ label: "Send it again" });
    await expect(campaign.getByText("A few people may get the same email twice.")).toBeVisible();
    await takePictures(page, "in-flight-campaign");
    const again = await openCampaign(page);
    await again.getByText("More", { exact: true }).click();
    await expect(again.getByLabel("If we can’t tell whether an email went out")).toHaveValue("resend");
    await context.close();
  } finally {
    await worker.kill();
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function openCampaign(page: Page): Promise<Locator> {
  const tab = await openCampaignsTab(page, address);
  await tab
    .getByRole("button", { name: /^Seller outreach/ })
    .first()
    .click();
  await expect(tab.getByText("Recipients").first()).toBeVisible();
  return tab;
}

async function openRecipient(page: Page): Promise<Locator> {
  const tab = await openCampaign(page);
  await tab
    .getByRole("button", { name: /Jane Doe/ })
    .first()
    .click();
  await expect(tab.getByRole("heading", { name: "Activity" })).toBeVisible();
  return tab;
}
