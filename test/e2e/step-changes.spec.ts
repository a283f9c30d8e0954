import type { Locator, Page } from "@playwright/test";
import type { CampaignSummary } from "../../shared/campaign.ts";
import type { CampaignSteps } from "../../shared/step-change.ts";
import {
  advanceDemoToMonday,
  expectMails,
  fetchFromApi,
  launchSellerOutreach,
  openCampaignsTab,
} from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/**
 * A home with two owners to whom no other test sends emails. `email` is the address of one owner.
 */
const home = { id: "p_872", address: "418 Sagebrush Ln", email: "ines.varga@example.com" };

test("an agent changes the steps of a campaign under way, sees the numbers first, and undoes it", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  await launchSellerOutreach(page, home.address);
  await expectMails(page, home.email, 1);
  const tab = await openCampaignsTab(page, home.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await expect(tab.locator(".step h4")).not.toHaveCount(0);
  const before = await titlesInCampaign(tab);
  await tab.getByRole("button", { name: "Edit steps" }).click();
  await expect(tab.getByText(/^[12] (person is|people are) past it/).first()).toBeVisible();
  await takePictures(page, "steps-open");

  await tab.getByRole("button", { name: "Add a task after step 1" }).click();
  await tab.getByRole("button", { name: "Review change" }).click();
  await expect(tab.getByLabel("What to do")).toBeFocused();
  await expect(tab.getByText("1 thing to finish before the change can be applied")).toBeVisible();
  await takePictures(page, "steps-fault");
  await tab.getByLabel("What to do").fill("Ask about the pavement");
  await expect(tab.getByText("2 people will get it")).not.toHaveCount(0);
  await takePictures(page, "steps-changed");

  await tab.getByRole("button", { name: "Review change" }).click();
  const dialog = tab.getByRole("dialog", { name: "Apply this change?" });
  await expect(dialog.getByText("Step 2: Call: Ask about the pavement")).toBeVisible();
  await takePictures(page, "steps-numbers");
  await changeByColleague(page);
  await dialog.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(tab.getByText("Someone changed these steps while you were editing")).toBeVisible();
  await takePictures(page, "steps-conflict");
  await tab.getByRole("button", { name: "Keep mine" }).click();
  await tab.getByRole("button", { name: "Review change" }).click();
  await dialog.getByRole("button", { name: "Apply", exact: true }).dblclick();
  await expect(tab.getByRole("heading", { name: "Seller outreach", exact: true })).toBeFocused();
  await expect(tab.getByText("Steps changed.").first()).toBeVisible();
  await expect.poll(() => titlesInCampaign(tab)).toContain("Call");
  await takePictures(page, "steps-applied");
  await tab.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => titlesInCampaign(tab)).toEqual(before.slice(0, -1));
});

const titlesInCampaign = (tab: Locator) =>
  tab
    .locator(".step h4")
    .allInnerTexts()
    .then((titles) => titles.map((title) => title.replace(/^.*: ?/, "").trim()));

/** Removes the last step through the API, as a colleague would. */
async function changeByColleague(page: Page): Promise<void> {
  const { items } = await fetchFromApi<{ items: CampaignSummary[] }>(
    page,
    home.id,
    `/api/campaigns?propertyId=${home.id}`,
  );
  const path = `/api/campaigns/${items[0]?.id}/steps`;
  const { version, steps } = await fetchFromApi<CampaignSteps>(page, home.id, path);
  const signed = await page.request.post("/demo/token", { data: { role: "agent", propertyId: home.id } });
  const { token } = (await signed.json()) as { token: string };
  const answer = await page.request.put(path, {
    headers: { authorization: `Bearer ${token}`, "if-match": `"${version}"` },
    data: { steps: steps.slice(0, -1) },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}
