import { expect, type Page, test } from "@playwright/test";
import { decideDisclosure } from "../../worker/domain/compliance/disclosure.ts";
import { renderEmailDocument } from "../../worker/mail/compose/document.ts";
import { renderFooterHtml } from "../../worker/mail/compose/footer.ts";
import { coloradoDisclosureInput } from "../support/disclosure.ts";
import { hostileValues, listLettersToAttack, renderLetterWithValue } from "../support/hostile-values.ts";

const rendered = 300;
const unsubscribeUrl = "https://mail.test/u/token";

/** Returns the reasons why a reader can't see or use the footer of the email on the page. */
async function listFooterFaults(page: Page): Promise<string[]> {
  return page.evaluate((wayOut) => {
    const faults: string[] = [];
    const links = [...document.querySelectorAll<HTMLAnchorElement>("a[href]")];
    const link = links.find(({ href }) => href === wayOut);
    const footer = document.querySelector<HTMLElement>("table.page > tbody > tr > td.footer");
    if (link === undefined || footer?.contains(link) !== true) return ["the unsubscribe link is gone"];
    if (footer.closest(".letter") !== null) faults.push("the footer is inside the letter");
    for (const words of ["Front Range Realty", "900 Grant Street"]) {
      if (!footer.textContent.includes(words)) faults.push(`${words} is not shown`);
    }
    const isOnTop = (x: number, y: number, wanted: Element) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (wanted.contains(top) || top === wanted);
    };
    link.scrollIntoView({ block: "center", behavior: "instant" });
    const box = link.getBoundingClientRect();
    if (box.width < 20 || box.height < 8) faults.push("the unsubscribe link is too small");
    if (!isOnTop(box.x + box.width / 2, box.y + box.height / 2, link))
      faults.push("something covers the link");
    footer.scrollIntoView({ block: "end", behavior: "instant" });
    const area = footer.getBoundingClientRect();
    for (let column = 1; column < 8; column += 1) {
      for (let row = 1; row < 8; row += 1) {
        const x = area.x + (Math.min(area.width, 360) * column) / 8;
        const y = area.y + (area.height * row) / 8;
        if (y > 0 && y < innerHeight && !isOnTop(x, y, footer))
          faults.push(`something covers ${column}/${row}`);
      }
    }
    const { visibility, opacity, color } = getComputedStyle(link);
    if (visibility !== "visible" || opacity !== "1" || color === "rgba(0, 0, 0, 0)")
      faults.push("it is unseen");
    return faults;
  }, unsubscribeUrl);
}

test(`${rendered} hostile values leave the footer visible and clickable`, async ({ page }) => {
  test.setTimeout(600_000);
  await page.route("**/*", (route) => route.abort());
  const templates = listLettersToAttack(11, 50);
  const disclosure = decideDisclosure(coloradoDisclosureInput.office, coloradoDisclosureInput.agent, {
    propertyState: "CO",
    origin: coloradoDisclosureInput.origin,
    isToOwner: true,
  });
  const own = renderFooterHtml(disclosure, unsubscribeUrl);
  for (let index = 0; index < rendered; index += 1) {
    // The first 60 values attack the structure of an email. The first 240 rounds put each of these
    // values into four templates.
    const value = hostileValues[index < 240 ? index % 60 : index] ?? "";
    const template = templates[(index * 7 + Math.floor(index / 60)) % templates.length] ?? "";
    const html = renderEmailDocument({
      language: "en",
      ...{ subject: "Hi", preheader: "", footer: own, pixelUrl: null, trapUrl: null },
      letter: renderLetterWithValue(template, value),
    });
    await page.setContent(html, { waitUntil: "commit" });
    expect([index, value, template, await listFooterFaults(page)]).toEqual([index, value, template, []]);
  }
});
