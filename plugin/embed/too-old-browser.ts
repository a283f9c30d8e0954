import { toLanguage } from "../words/language.ts";
import { say, setLanguage } from "../words/say.ts";

/** True if the browser lacks constructed style sheets or the newer methods of arrays. */
export const isBrowserTooOld = !("adoptedStyleSheets" in document && "toSorted" in Array.prototype);

/** Shows one line in place of the tab, and tells the host (`dk:error`). */
export function refuseBrowser(element: HTMLElement, locale: string): void {
  if (element.shadowRoot) return;
  const line = document.createElement("p");
  element.attachShadow({ mode: "open" }).append(line);
  void Promise.resolve(setLanguage(toLanguage(locale))).then(() => {
    line.textContent = say("Campaigns needs a newer browser.");
  });
  const detail = { code: "browserTooOld" };
  element.dispatchEvent(new CustomEvent("dk:error", { bubbles: true, composed: true, detail }));
}
