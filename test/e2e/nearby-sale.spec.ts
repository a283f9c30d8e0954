import { day } from "../support/time.ts";
import { advanceDemoToMonday, getDemoNow, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

test("the preset Just sold asks for the sale, and its email states the office's part in the sale", async ({
  page,
}) => {
  await advanceDemoToMonday(page);
  // The sale must be recent by the demo's clock, which differs from the real time.
  const closedOn = new Date((await getDemoNow(page)) - 20 * day).toISOString().slice(0, 10);
  const closed = new Date(`${closedOn}T12:00:00Z`).toLocaleDateString("en-US", {
    dateStyle: "long",
    timeZone: "UTC",
  });
  const tab = await openCampaignsTab(page, "618 Wisteria Ln");
  const again = tab.getByRole("button", { name: "New outreach" });
  await expect(again.or(tab.getByRole("button", { name: "Show more sequences" })).first()).toBeVisible();
  if (await again.isVisible()) {
    await again.click();
    await tab.getByRole("button", { name: "Change the sequence" }).click();
    await tab.getByRole("button", { name: "Show more sequences" }).click();
    await tab.getByRole("radio", { name: /Just sold nearby/ }).check();
  } else {
    await tab.getByRole("button", { name: "Show more sequences" }).click();
    await tab.getByRole("button", { name: "Just sold nearby" }).click();
  }
  await expect(tab.getByText("Say which sale the emails mention")).toBeVisible();
  await tab.getByLabel("Address of the home that sold").fill("640 Wisteria Ln");
  await tab.getByLabel("Your office’s role").selectOption({ label: "Another brokerage sold it" });
  await tab.getByLabel("Closing date").fill(closedOn);
  await expect(tab.getByText("Say which sale the emails mention")).toBeVisible();
  await tab.getByLabel(/Where it’s on record/).fill("Intermountain MLS");
  await expect(
    tab.getByText(
      `640 Wisteria Ln just sold through another brokerage. The sale closed on ${closed} (source: Intermountain MLS)`,
    ),
  ).toBeVisible();
  await expect(tab.getByText("Say which sale the emails mention")).toHaveCount(0);
  await tab.getByLabel("Your office’s role").selectOption({ label: "My office listed it" });
  await expect(tab.getByText(/“I just sold 640 Wisteria Ln\./)).toBeVisible();
  const fields = tab.getByRole("heading", { name: "Which sale" });
  await takePictures(page, "nearby-sale", fields);

  const tomorrow = new Date((await getDemoNow(page)) + day).toISOString().slice(0, 10);
  await tab.getByLabel("Closing date").fill(tomorrow);
  await expect(tab.getByText("You can only mention a sale that has closed.")).toBeVisible();
  await expect(tab.getByText("Say which sale the emails mention")).toBeVisible();
  await expect(tab.getByText("Right after launch").first()).toBeVisible();
  await expect(tab.getByText(/^Missing: /)).toHaveCount(0);
  await takePictures(page, "nearby-sale-too-early", fields);
});
