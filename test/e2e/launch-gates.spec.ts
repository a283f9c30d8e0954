import type { Page } from "@playwright/test";
import { advanceDemoToMonday, expectMails, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

const approved = { id: "p_881", address: "2210 Juniper Bend Ct", email: "opal.fenn@example.com" };

type Role = "agent" | "teamLead" | "admin";

/** From now on, the CRM's backend signs all tokens for this role. */
async function becomeRole(page: Page, role: Role): Promise<void> {
  await page.unroute("/demo/token");
  await page.route("/demo/token", (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>;
    return route.continue({ postData: JSON.stringify({ ...body, role }) });
  });
}

/** Sends a request to the API as the office's administrator. */
async function callAsAdmin(
  page: Page,
  method: string,
  path: string,
  data?: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const signed = await page.request.post("/demo/token", { data: { role: "admin", propertyId: approved.id } });
  const { token } = (await signed.json()) as { token: string };
  const response = await page.request.fetch(path, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    ...(data === undefined ? {} : { data }),
  });
  expect(response.ok(), await response.text()).toBe(true);
}

async function openLaunchDialog(page: Page, address: string, sequence: string) {
  const tab = await openCampaignsTab(page, address);
  await tab.getByRole("button", { name: "Show more sequences" }).click();
  await tab.getByRole("button", { name: sequence }).first().click();
  await tab.getByRole("button", { name: "Launch…" }).click();
  const dialog = tab.getByRole("dialog");
  await dialog.getByRole("button", { name: "Launch", exact: true }).click();
  return { tab, dialog };
}

async function openSettings(page: Page) {
  const tab = await openCampaignsTab(page, approved.address);
  await tab.getByRole("button", { name: "Office settings" }).click();
  await expect(tab.getByRole("heading", { name: "Approval of emails" })).toBeVisible();
  return tab;
}

test("an agent asks for the approval of a sequence, a team lead returns one email, and it is launched", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  await becomeRole(page, "admin");
  const office = await openSettings(page);
  const rule = office.getByLabel("Agents can only use emails that a team lead has approved");
  await rule.click();
  await expect(rule).toBeChecked();
  await expect(office.getByRole("button", { name: "Approve every preset as is" })).toBeVisible();
  try {
    await becomeRole(page, "agent");
    const { dialog } = await openLaunchDialog(page, approved.address, "Seller outreach");
    await expect(
      dialog.getByText("A team lead has to approve emails 1, 2, 3 before you can use them."),
    ).toBeVisible();
    await takePictures(page, "gates-ask");
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await expect(dialog.getByText("Your team leads have been asked.")).toBeVisible();

    await becomeRole(page, "teamLead");
    const lead = await openSettings(page);
    const cards = lead.getByRole("listitem").filter({ hasText: "Requested by" });
    await expect(cards).toHaveCount(3);
    await cards.first().getByRole("button", { name: /^Read/ }).click();
    await expect(cards.first().frameLocator("iframe").locator("p").first()).toBeVisible();
    await takePictures(page, "gates-waiting");
    await cards
      .last()
      .getByRole("button", { name: /^Return/ })
      .click();
    await lead.getByLabel("What needs to change?").fill("Too long for a third email.");
    await lead.getByRole("button", { name: "Return", exact: true }).click();
    await expect(cards).toHaveCount(2);
    await lead.getByRole("button", { name: "Approve 2 emails" }).click();
    await expect(lead.getByText("No emails are waiting for approval.")).toBeVisible();

    await becomeRole(page, "agent");
    const again = await openLaunchDialog(page, approved.address, "Seller outreach");
    await expect(
      again.dialog.getByText(/was returned by a team lead: “Too long for a third email.”/),
    ).toBeVisible();
    await takePictures(page, "gates-returned");
    await again.dialog.getByRole("button", { name: "Ask for approval" }).click();
    await expect(again.dialog.getByText("Your team leads have been asked.")).toBeVisible();

    await becomeRole(page, "teamLead");
    const deciding = await openSettings(page);
    await deciding.getByRole("button", { name: /^Approve Seller outreach/ }).click();
    await expect(deciding.getByText("No emails are waiting for approval.")).toBeVisible();

    await becomeRole(page, "agent");
    const last = await openLaunchDialog(page, approved.address, "Seller outreach");
    await expect(last.dialog).toBeHidden();
    await expectMails(page, approved.email, 1);

    const tab = last.tab;
    await tab.getByRole("button", { name: "Opal Fenn" }).first().click();
    await tab.getByRole("button", { name: "Read email 2" }).click();
    await tab.getByRole("button", { name: "Change for Opal Fenn" }).click();
    await tab.getByRole("textbox", { name: "Text", exact: true }).fill("Hello Opal, how are the bees?");
    const save = tab.getByRole("button", { name: "Save for Opal Fenn" });
    await save.click();
    const ask = tab.getByRole("button", { name: "Ask for approval" });
    await expect(tab.getByText("A team lead has to approve email 2 before you can use it.")).toBeVisible();
    await takePictures(page, "gates-letter-ask", save);
    await ask.dblclick();
    await expect(tab.getByText("Your team leads have been asked.")).toBeVisible();
    await takePictures(page, "gates-letter-asked", save);
    await save.click();
    await expect(tab.getByText("A team lead has yet to approve email 2.")).toBeVisible();
    await expect(ask).toHaveCount(0);

    await becomeRole(page, "teamLead");
    const reading = await openSettings(page);
    await takePictures(
      page,
      "gates-letter-waiting",
      reading.getByRole("heading", { name: "Approval of emails" }),
    );
    await reading.getByRole("button", { name: /^Approve Opal Fenn/ }).click();
    await expect(reading.getByText("No emails are waiting for approval.")).toBeVisible();

    await becomeRole(page, "agent");
    const own = await openCampaignsTab(page, approved.address);
    await own.getByRole("button", { name: "Seller outreach" }).first().click();
    await own.getByRole("button", { name: "Opal Fenn" }).first().click();
    await own.getByRole("button", { name: "Read email 2" }).click();
    await own.getByRole("button", { name: "Change for Opal Fenn" }).click();
    await own.getByRole("textbox", { name: "Text", exact: true }).fill("Hello Opal, how are the bees?");
    await own.getByRole("button", { name: "Save for Opal Fenn" }).click();
    await expect(own.getByText("Changed for Opal Fenn", { exact: true })).toBeVisible();
  } finally {
    await callAsAdmin(page, "PATCH", "/api/tenant", { requiresTemplateApproval: false });
  }
});
