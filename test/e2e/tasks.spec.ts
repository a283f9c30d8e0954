import type { Page } from "@playwright/test";
import { advanceDemoToMonday, fetchFromApi, openCampaignsTab } from "./demo.ts";
import { recordNews } from "./page-news.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** An owner to whom no other test sends emails. The owner's record has a phone number. */
const owner = { id: "p_846", address: "58 Juniper Ct", email: "tomas.ibarra@example.com" };

test("an agent can do a call from its task card and record the result", async ({ page }) => {
  await advanceDemoToMonday(page);
  await launchCall(page);
  const listNews = await recordNews(page, ["dk:task-opened", "dk:task-closed", "dk:count"]);
  const tab = await openCampaignsTab(page, owner.address);
  const card = tab.locator(".task");
  await expect(card.getByRole("link", { name: "(505) 555-0163" })).toHaveAttribute("href", "tel:5055550163");
  await takePictures(page, "tasks-card");

  await card.getByRole("button", { name: "Note" }).click();
  await card.getByRole("textbox").fill("Call again after the holidays");
  await takePictures(page, "tasks-note");
  await card.getByRole("button", { name: "Left a voicemail" }).click();
  await expect(card).toHaveCount(0);
  await expect(tab.getByRole("heading", { name: "Campaigns" })).toBeFocused();
  expect(await listNews()).toEqual([
    ["dk:task-opened", "call"],
    ["dk:count", 1],
    ["dk:task-closed", "done"],
    ["dk:count", 0],
  ]);
});

/** Launches a campaign that begins with a call, and waits until the task is open. */
async function launchCall(page: Page): Promise<void> {
  const signed = await page.request.post("/demo/token", { data: { role: "agent", propertyId: owner.id } });
  const { token } = (await signed.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const template = await page.request.post("/api/templates", {
    headers,
    data: { name: "After the call", subject: "Good to talk", bodyHtml: "<p>Thank you for your time.</p>" },
  });
  expect(template.status(), await template.text()).toBe(201);
  const { id: templateId } = (await template.json()) as { id: number };
  const senders = await fetchFromApi<{ items: { id: number }[] }>(page, owner.id, "/api/senders");
  const task = { kind: "call", instructions: "Ask whether they still think of moving.", waitDays: 3 };
  const launch = await page.request.post("/api/campaigns", {
    headers,
    data: {
      name: "Past clients",
      type: "followUp",
      propertyId: owner.id,
      senderId: senders.items[0]?.id,
      steps: [
        { kind: "task", task },
        { templateId, delayDays: 1 },
      ],
      recipients: [
        {
          email: owner.email,
          fullName: "Tomas Ibarra",
          propertyId: owner.id,
          templateData: { mobilePhone: "(505) 555-0163" },
          property: { stateOrProvince: "NM", standardStatus: "Expired" },
        },
      ],
      status: "active",
      recallSeconds: 0,
    },
  });
  expect(launch.status(), await launch.text()).toBe(201);
  const open = async () =>
    (await fetchFromApi<{ items: unknown[] }>(page, owner.id, "/api/tasks")).items.length;
  await expect.poll(open, { timeout: 40_000 }).toBe(1);
}
