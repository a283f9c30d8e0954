import { expect, type Page, test } from "@playwright/test";
import { openCampaigns } from "./demo.ts";

/** Sets the tab's locale as a host does, before the loader has come. */
async function speakSpanish(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const calls: unknown[] = Reflect.get(window, "Doorknock") ?? [];
    Reflect.set(window, "Doorknock", calls);
    calls.push(["init", { locale: "es-MX" }]);
  });
}

test("an agent whose locale is Spanish reads the tab, a preset and its letter in Spanish", async ({
  page,
}) => {
  await speakSpanish(page);
  const tab = await openCampaigns(page, "123 Main St");
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
  const letter = tab.frameLocator('iframe[title^="Correo 1 como lo verá"]').locator("body");
  await expect(letter).toContainText("¿Ha pensado en vender");
  await expect(letter).toContainText("Anuncio publicitario (advertisement)");
  await expect(letter).toContainText("Cancelar suscripción");
});
