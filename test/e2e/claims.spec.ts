import type { Locator, Page } from "@playwright/test";
import { advanceDemoToMonday, expectMails, openCampaignsTab, openNewestMail } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/**
 * An owner to whom no other test sends emails. Apart from the claims in the letters, nothing
 * prevents a launch to this owner.
 */
const owner = { id: "p_921", address: "712 Linden Ave", email: "ada.brandt@example.com" };
const claims = [
  {
    code: "haveBuyer",
    words: "I have a buyer",
    question: "Which buyer, and how does your office know about them?",
  },
  { code: "numberOne", words: "#1", question: "What source, area, and time period?" },
  { code: "somethingFree", words: "free home valuation", question: "What’s free, and who is it for?" },
];

/** From now on, the CRM's backend signs all tokens for this role. */
async function becomeRole(page: Page, role: "agent" | "admin"): Promise<void> {
  await page.unroute("/demo/token");
  await page.route("/demo/token", (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>;
    return route.continue({ postData: JSON.stringify({ ...body, role }) });
  });
}

/** Withdraws the attestations of all claims through the API, as another administrator would. */
async function withdrawClaims(page: Page): Promise<void> {
  const signed = await page.request.post("/demo/token", { data: { role: "admin", propertyId: owner.id } });
  const { token } = (await signed.json()) as { token: string };
  for (const { code } of claims) {
    await page.request.delete(`/api/tenant/claims/${code}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }
}

const saved = (tab: Locator) => expect(tab.locator("[data-save=saved]")).toBeVisible();
const confirmIn = async (place: Locator, { question }: (typeof claims)[number]) => {
  await place.getByLabel(question).fill("Written agreement of 12 October, file 88");
  await place.getByLabel(question).press("Enter");
};

/**
 * Tries to launch the sequence whose letters make the claims. Returns the dialog that shows the
 * refusal.
 */
async function tryToLaunch(page: Page): Promise<Locator> {
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();
  await tab.getByRole("button", { name: "Use here: Strong words" }).click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  const dialog = tab.getByRole("dialog");
  await dialog.getByRole("button", { name: "Launch", exact: true }).click();
  for (const { words } of claims) {
    await expect(dialog.getByText(new RegExp(`Email 1: "${words}"`))).toBeVisible();
  }
  return dialog;
}

test("the claims of a sequence are confirmed once for the office, in the settings or at the launch", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  await becomeRole(page, "admin");
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();
  await tab.getByRole("button", { name: "Duplicate Seller outreach" }).click();
  await tab.getByLabel("Name of the sequence").fill("Strong words");
  await tab.locator(".step-card .disclosure").first().click();
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await text.press("Control+Home");
  await text.pressSequentially("I have a buyer. We are the #1 team here. Ask for a free home valuation. ");
  await saved(tab);
  await tab.getByRole("button", { name: "Share with the office" }).click();
  await tab.getByRole("button", { name: "Edit Strong words" }).click();
  await tab.locator(".step-card .disclosure").first().click();
  const use = tab.getByRole("button", { name: "Use it here" });
  await expect(use).toHaveAttribute("aria-disabled", "true");
  await expect(tab.locator(".findings li.error")).toHaveCount(claims.length);
  await takePictures(page, "claims-faults");
  await takePictures(page, "claims-findings", tab.locator(".findings"));

  for (const claim of claims) {
    await tab
      .locator(".findings li")
      .filter({ hasText: claim.words })
      .getByRole("button", { name: /^Confirm/ })
      .click();
    await expect(tab.getByLabel(claim.question)).toBeFocused();
    await confirmIn(tab, claim);
    await tab.getByRole("button", { name: "Back to the sequence" }).last().click();
    await tab.locator(".step-card .disclosure").first().click();
  }
  await expect(tab.locator(".findings li.error")).toHaveCount(0);
  await use.click();
  await expect(tab.getByText("Strong words").first()).toBeVisible();

  await withdrawClaims(page);
  await becomeRole(page, "agent");
  const refused = await tryToLaunch(page);
  await expect(refused.getByText(/Your office’s administrator can confirm it/)).toBeVisible();
  await expect(refused.getByRole("button", { name: "Confirm it’s true" })).toHaveCount(0);
  await takePictures(page, "claims-agent");

  await becomeRole(page, "admin");
  const dialog = await tryToLaunch(page);
  await takePictures(page, "claims-launch");
  for (const claim of claims) await confirmIn(dialog, claim);
  await expect(dialog.getByLabel(/Which|What/)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Launch", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expectMails(page, owner.email, 1);
  const mail = await openNewestMail(page, owner.email);
  await expect(mail.frameLocator("iframe").getByText(/I have a buyer/)).toBeVisible();
  // The next tests expect an office that has attested no claim.
  await withdrawClaims(page);
});
