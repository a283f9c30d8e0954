import type { Page } from "@playwright/test";
import type { CapturedMail } from "../../demo/mailbox/mail.ts";
import {
  advanceDemoToMonday,
  expectMails,
  fetchFromApi,
  launchSellerOutreach,
  listMailTo,
  openCampaignsTab,
} from "./demo.ts";
import { expect, test } from "./stories.ts";

/*
 * Tests that an opt-out stays in force after its campaign has ended. A campaign that has sent an
 * email can be archived but not deleted, so the email's links keep working. Every later campaign
 * respects the opt-out.
 */

const owner = { address: "1207 Cottonwood Row", email: "greta.lindqvist@example.com" };
const propertyId = "p_847";
type Campaigns = { items: { id: number }[] };

/** As an agent, sends the API a request that changes data. Returns the status of the answer. */
async function change(page: Page, method: "PATCH" | "DELETE", path: string, data?: object): Promise<number> {
  const signed = await page.request.post("/demo/token", { data: { role: "agent", propertyId } });
  const { token } = (await signed.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  return (await page.request.fetch(path, { method, headers, data })).status();
}

test("an owner unsubscribes by the email of an archived campaign, and the next campaign refuses them", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  await launchSellerOutreach(page, owner.address);
  await expectMails(page, owner.email, 1);
  const [mail] = await listMailTo(page, owner.email);
  const answer = await page.request.get(`/demo/mailbox/messages/${mail?.id}`);
  const letter = (await answer.json()) as CapturedMail;

  const { items } = await fetchFromApi<Campaigns>(
    page,
    propertyId,
    `/api/campaigns?propertyId=${propertyId}`,
  );
  const path = `/api/campaigns/${items[0]?.id}`;
  expect(await change(page, "PATCH", `${path}/status`, { status: "stopped" })).toBe(200);
  expect(await change(page, "PATCH", `${path}/status`, { status: "archived" })).toBe(200);
  // A campaign that has sent an email can't be deleted, because the links in the email need the
  // campaign.
  expect(await change(page, "DELETE", path)).toBe(409);

  await page.goto(new URL(letter.oneClickUrl ?? "").pathname);
  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(page.getByRole("heading", { name: "You’re unsubscribed" })).toBeVisible();

  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "New outreach" }).click();
  await expect(tab.getByText(/Greta Lindqvist opted out of your office’s emails on/)).toBeVisible();
  await expect(tab.getByRole("checkbox", { name: /Greta/ })).toBeDisabled();
  await expect(tab.getByRole("button", { name: "Launch…" })).toBeDisabled();
  await expectMails(page, owner.email, 1);
});
