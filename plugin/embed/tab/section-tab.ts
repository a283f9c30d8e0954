import { createId, ownAttribute } from "./own-nodes.ts";
import type { TabContext } from "./row-tab.ts";
import { chooseLabel } from "./tab-options.ts";

const isScroller = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
/** The most elements of a drawer in which the scrolling box is searched. */
const mostElements = 200;

/** Finds the box at whose end the section stands: the drawer's scrolling content, or the drawer. */
function findBox(drawer: Element, selector: string | undefined): Element {
  const chosen = selector === undefined ? null : drawer.querySelector(selector);
  if (chosen) return chosen;
  if (isScroller(drawer)) return drawer;
  const inner = [...drawer.querySelectorAll("div, main, section")].slice(0, mostElements);
  return inner.find((one) => !one.closest(`[${ownAttribute}]`) && isScroller(one)) ?? drawer;
}

/** A section at the end of a drawer without tabs. Its button opens and closes the panel. */
export class SectionTab {
  readonly #context: TabContext;
  #section: HTMLElement | null = null;

  constructor(context: TabContext) {
    this.#context = context;
  }

  show(): void {
    const { drawer, panel, getOptions, noteReturn } = this.#context;
    const box = this.#section?.isConnected ? this.#section.parentElement : null;
    const place = box ?? findBox(drawer, getOptions().panel);
    this.#section ??= this.#create();
    if (panel.parentElement !== this.#section) this.#section.append(panel);
    if (box && !this.#section.nextElementSibling) return;
    const opener = this.#section.firstElementChild;
    opener?.toggleAttribute("data-flush", Number.parseFloat(getComputedStyle(place).paddingLeft) > 0);
    place.append(this.#section);
    noteReturn();
  }

  #create(): HTMLElement {
    const { panel, fill, getOptions } = this.#context;
    const section = document.createElement("section");
    section.setAttribute(ownAttribute, "section");
    const opener = document.createElement("button");
    opener.type = "button";
    opener.id = createId("opener");
    opener.textContent = chooseLabel(getOptions());
    opener.setAttribute(ownAttribute, "opener");
    opener.setAttribute("aria-controls", panel.id);
    opener.setAttribute("aria-expanded", "false");
    section.setAttribute("aria-labelledby", opener.id);
    opener.addEventListener("click", () => {
      panel.hidden = !panel.hidden;
      opener.setAttribute("aria-expanded", String(!panel.hidden));
      if (panel.hidden) return;
      fill();
      section.scrollIntoView({ block: "nearest" });
    });
    section.append(opener);
    return section;
  }

  remove(): void {
    if (this.#section === null) return;
    this.#section.remove();
    this.#section = null;
    this.#context.panel.hidden = true;
    this.#context.panel.remove();
  }
}
