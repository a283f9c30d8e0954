import type { Locator, Page } from "@playwright/test";
import type { Sequence } from "../../shared/sequence.ts";
import { fetchFromApi, openCampaignsTab } from "./demo.ts";
import { takePictures } from "./pictures.ts";
import { expect, test } from "./stories.ts";

/** A home whose owner gets no emails from other tests. The home has no list price. */
const owner = { address: "1731 Juniper Ct", propertyId: "p_861" };

/**
 * A host's CSP that forbids inline styles, and that forbids the HTML parser except for the preview.
 */
const strictPolicy =
  "default-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types doorknock";

/**
 * Serves the CRM's page with this CSP. Returns a function that returns the violations that the page
 * has reported.
 */
async function serveUnderPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.route("/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), "content-security-policy": strictPolicy },
    });
  });
  await page.addInitScript(() => {
    const seen: string[] = [];
    Reflect.set(window, "violations", seen);
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample, blockedURI }) => {
      seen.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return () => page.evaluate(() => Reflect.get(window, "violations") as string[]);
}

async function openFirstLetter(tab: Locator): Promise<Locator> {
  await tab.locator(".step-card .disclosure").first().click();
  const text = tab.getByRole("textbox", { name: "Text", exact: true });
  await expect(text.getByTitle("Greeting name: Theo")).toBeVisible();
  return text;
}

const fromWord =
  "<html><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->" +
  "<p class=MsoNormal style='color:red'>From <b>Word</b><o:p></o:p></p><!--EndFragment--></body></html>";

/** Pastes HTML in the same way as the browser after Ctrl+V. */
const paste = (text: Locator, html: string) =>
  text.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, html);

const readSelection = (area: Element) => {
  if (!(area instanceof HTMLTextAreaElement)) return "";
  return area.value.slice(area.selectionStart, area.selectionEnd);
};

test("an agent writes a letter without seeing a tag, under a host's strict policy", async ({ page }) => {
  const listViolations = await serveUnderPolicy(page);
  const tab = await openCampaignsTab(page, owner.address);
  await tab.getByRole("button", { name: "Seller outreach" }).first().click();
  await tab.getByRole("button", { name: "Change the sequence" }).click();
  await tab.getByRole("button", { name: "All sequences" }).click();
  await tab.getByRole("button", { name: "Duplicate Seller outreach" }).click();
  await expect(tab.getByLabel("Name of the sequence")).toHaveValue("Copy of Seller outreach");
  await tab.getByLabel("Name of the sequence").fill("Written letters");
  const text = await openFirstLetter(tab);

  await text.press("Control+End");
  await text.pressSequentially("\nWorth {{list p");
  const offered = tab.getByRole("listbox", { name: "Details to insert" });
  const price = offered.getByRole("option", { name: "List price missing" });
  await expect(price).toHaveAttribute("aria-selected", "true");
  await takePictures(page, "letter-completion", text);
  await text.press("Enter");
  await expect(text.getByTitle("List price: missing")).toBeVisible();
  await text.press("ArrowLeft");
  await text.press("Enter");
  await expect(tab.getByLabel("If it’s not known, write")).toBeFocused();
  await takePictures(page, "letter-missing-value", text);
  await page.keyboard.type("a fair price");
  await page.keyboard.press("Escape");
  await expect(text).toBeFocused();
  await page.keyboard.type(", ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("today");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(".\n");
  await paste(text, fromWord);
  await page.keyboard.press("Control+z");
  await expect(text.getByText("From Word")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await expect(tab.locator("[data-save=saved]")).toBeVisible();
  await takePictures(page, "letter-editor", tab.getByLabel("Subject", { exact: true }).first());

  const written = [
    '<p>Worth {{default property.listPrice "a fair price"}}, <strong>today</strong>.</p>',
    "<p>From <strong>Word</strong></p>",
  ].join("\n");
  await expect.poll(() => readFirstLetter(page)).toContain(`{{brokerage.name}}</p>\n${written}`);
  await tab.getByRole("button", { name: "Preview" }).click();
  const preview = tab.frameLocator("iframe");
  await expect(preview.getByText("Worth a fair price, today.")).toBeVisible();
  const frame = tab.locator("iframe");
  await takePictures(page, "letter-preview", frame);
  await tab.getByRole("button", { name: "Phone", exact: true }).click();
  await expect.poll(async () => (await frame.boundingBox())?.width).toBeLessThan(391);
  await tab.getByRole("button", { name: "Dark", exact: true }).click();
  await takePictures(page, "letter-preview-dark", frame);
  await tab.getByRole("button", { name: "Text", exact: true }).click();
  await expect(tab.locator("pre.email-text")).toContainText("Worth a fair price, today.");
  await takePictures(page, "letter-preview-text", tab.locator("pre.email-text"));
  await tab.getByRole("button", { name: "Send me this one" }).click();
  await expect(tab.getByRole("status")).toHaveText(/^Sent to .*@/);

  await tab.getByRole("button", { name: "Edit as HTML" }).click();
  const source = tab.getByLabel("HTML", { exact: true });
  await expect(source).toHaveValue(/<strong>today<\/strong>/);
  await source.press("Control+End");
  await source.pressSequentially("\n<p>{{recipient.first_name}}</p>");
  await takePictures(page, "letter-source", source);
  await tab.getByRole("button", { name: /^Go to: Text .*first_name/ }).click();
  expect(await source.evaluate(readSelection)).toContain("recipient.first_name");
  await source.fill((await source.inputValue()).replace("\n<p>{{recipient.first_name}}</p>", ""));
  await tab.getByRole("button", { name: "Edit without HTML" }).click();
  await expect(tab.locator("[data-save=saved]")).toBeVisible();
  await expect.poll(() => readFirstLetter(page)).toContain(written);

  await tab.getByRole("button", { name: "Sequences" }).click();
  await tab.getByRole("button", { name: "Edit Written letters" }).first().click();
  const reopened = await openFirstLetter(tab);
  await expect(reopened.getByTitle("List price: a fair price")).toBeVisible();
  expect(await listViolations()).toEqual([]);
});

async function readFirstLetter(page: Page): Promise<string> {
  const { items } = await fetchFromApi<{ items: { id: string; name: string }[] }>(
    page,
    owner.propertyId,
    "/api/sequences",
  );
  const id = items.find(({ name }) => name === "Written letters")?.id;
  const { steps } = await fetchFromApi<Sequence>(page, owner.propertyId, `/api/sequences/${id}`);
  const [first] = steps;
  return first?.kind === "email" ? first.letter.bodyHtml : "";
}
