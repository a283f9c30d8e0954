import type { Locator, Page } from "@playwright/test";
import { openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** Sets the tab's locale to Spanish before the loader is loaded, as a host would. */
async function speakSpanish(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const calls: unknown[] = Reflect.get(window as object, "Doorknock") ?? [];
    Reflect.set(window, "Doorknock", calls);
    calls.push(["init", { locale: "es-MX" }]);
  });
}

test("an agent whose locale is Spanish reads the tab, a preset and its letter in Spanish", async ({
  page,
}) => {
  await speakSpanish(page);
  const tab = await openCampaignsTab(page, "123 Main St");
  await expect(tab.getByRole("heading", { name: "Campañas" })).toBeVisible();
  await expect(tab.locator(".root")).toHaveAttribute("lang", "es");
  const start = tab.getByRole("button", { name: "Nueva campaña" });
  const preset = tab.getByRole("button", { name: "Contacto con propietarios" });
  await expect(start.or(preset).first()).toBeVisible();
  await start.or(preset).first().click();
  await expect(tab.getByRole("heading", { name: "Destinatarios" })).toBeVisible();
  await expect(tab.getByRole("button", { name: "Lanzar…" })).toBeVisible();
  await expect(tab.getByText("Contacto con propietarios").first()).toBeVisible();

  const step = tab.getByRole("button", { name: /^Correo 1: / });
  if ((await step.getAttribute("aria-expanded")) !== "true") await step.click();
  const frame = tab.frameLocator('iframe[title^="Correo 1 como lo verá"]');
  await expect(frame.locator("html")).toHaveAttribute("lang", "es");
  const letter = frame.locator("body");
  await expect(letter).toContainText("¿Ha pensado en vender");
  await expect(letter).toContainText("Anuncio publicitario (advertisement)");
  await expect(letter).toContainText("Cancelar suscripción");
});

async function openLaunchDialog(page: Page, address: string): Promise<Locator> {
  const tab = await openCampaignsTab(page, address);
  const start = tab.getByRole("button", { name: "Nueva campaña" });
  const preset = tab.getByRole("button", { name: "Contacto con propietarios" });
  await start.or(preset).first().click();
  await tab.getByRole("button", { name: "Lanzar…" }).click();
  return tab.getByRole("dialog");
}

test("an agent whose locale is Spanish reads in Spanish why a launch is refused", async ({ page }) => {
  await speakSpanish(page);
  const listed = await openLaunchDialog(page, "927 N Ocotillo Ave");
  await expect(
    listed.getByText(
      /^Esta casa está listada \(Pending\) con otra inmobiliaria desde el \d+ de \p{L}+ de \d{4}\.$/u,
    ),
  ).toBeVisible();
  await takePictures(page, "spanish-refused");

  // The Worker would refuse the launch of an office without a phone number. The demo's office has a
  // phone number, so the test fakes this answer.
  await page.route("**/api/campaigns", (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const reason = { code: "stateDetailMissing", detail: "officePhone", agent: "", states: ["New Mexico"] };
    const message = "New Mexico requires the office's phone";
    const fields = { "tenant.officePhone": message };
    const fieldReasons = { "tenant.officePhone": reason };
    const error = { code: "conflict", message, fields, reason, fieldReasons, requestId: "r-1" };
    return route.fulfill({ status: 409, json: { error } });
  });
  const incomplete = await openLaunchDialog(page, "123 Main St");
  await incomplete.getByRole("button", { name: "Lanzar", exact: true }).click();
  await expect(incomplete.getByText(/^Nuevo México exige el teléfono de la oficina\. /)).toBeVisible();
  await takePictures(page, "spanish-details-missing");
});
