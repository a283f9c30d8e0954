import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** Reports new statuses as the CRM's server does. */
async function reportExpired(page: Page, ...ids: string[]): Promise<void> {
  const signed = await page.request.post("/demo/token", { data: { role: "admin", propertyId: null } });
  const { token } = (await signed.json()) as { token: string };
  const properties = ids.map((id) => ({
    propertyId: id,
    standardStatus: "Expired",
    address: { streetAddress: `${id} Elm St`, city: "Boise", stateOrProvince: "ID" },
    contacts: [
      { contactKey: `c-${id}`, email: `owner-${id}@rule.example`, name: { fullName: `Olive ${id}` } },
    ],
  }));
  const answer = await page.request.post("/api/properties", {
    data: { properties },
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

test("a team lead makes a rule, an expired home is proposed, and an agent starts one and dismisses one", async ({
  page,
}) => {
  await page.goto("/#/outreach/settings");
  const home = page.locator("doorknock-campaigns");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Team lead" });
  await home.getByRole("button", { name: "Add a rule" }).click();
  await home.getByRole("combobox", { name: "When a home becomes" }).selectOption({ label: "Expired" });
  await home.getByRole("combobox", { name: "Sequence" }).selectOption({ label: "Expired listing" });
  await home.getByRole("combobox", { name: "What the rule does" }).selectOption("launch");
  await expectAccessible(page);
  await takePictures(page, "start-rule-form", home.getByRole("heading", { name: "Start rules" }));
  await home.getByRole("combobox", { name: "What the rule does" }).selectOption("propose");
  await home.getByRole("button", { name: "Save" }).last().dblclick();
  await expect(home.getByRole("heading", { name: "Expired → Expired listing" })).toBeVisible();
  await takePictures(page, "start-rules", home.getByRole("heading", { name: "Start rules" }));

  await reportExpired(page, "11", "12", "13");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Agent" });
  await page.getByRole("link", { name: "Outreach" }).click();
  const row = (id: string) => home.getByRole("listitem").filter({ hasText: `${id} Elm St` });
  await expect(row("12").getByText("Now expired · Expired listing · 1 owner")).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, "start-proposals", home.getByRole("heading", { name: "Ready to start" }));
  await home.getByRole("button", { name: "Dismiss 11 Elm St" }).click();
  await expect(home.getByRole("button", { name: "Dismiss 11 Elm St" })).toHaveCount(0);
  await takePictures(page, "start-dismissed");
  await home.getByRole("button", { name: "Undo" }).click();
  await expect(home.getByRole("button", { name: "Dismiss 11 Elm St" })).toBeVisible();
  await home.getByRole("button", { name: "Start at 12 Elm St" }).dblclick();
  await expect(home.getByRole("button", { name: "Start at 12 Elm St" })).toHaveCount(0);
  await expect(home.getByRole("button", { name: "Expired listing" })).toHaveCount(1);
});
