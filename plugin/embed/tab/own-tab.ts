import { createId, ownAttribute } from "./own-nodes.ts";

/** The plugin's tab. `outer` is the tab itself, or its wrapper such as a list item. */
export type OwnTab = { tab: HTMLElement; outer: HTMLElement; sample: HTMLElement | null };

/** The marks by which frameworks limit their style rules to their own components. */
const scopeName = /^(data-v-|data-s-|data-astro-|_ngcontent-)/;
const copiedNames = ["class", "role", "data-orientation", "data-slot", "dir"];

/** Creates an element with the same name, classes and role, and without the content. */
function copyShape(sample: Element): HTMLElement {
  const copy = document.createElement(sample.localName);
  for (const { name, value } of sample.attributes) {
    if (copiedNames.includes(name) || scopeName.test(name)) copy.setAttribute(name, value);
  }
  return copy;
}

/** Copies the elements around the sample's text, and puts the label where the text stands. */
function addLabel(tab: HTMLElement, sample: Element | null, label: string): void {
  const [inner, more] = sample?.children ?? [];
  const isWrapped = inner !== undefined && more === undefined && inner.textContent === sample?.textContent;
  if (!isWrapped) {
    tab.textContent = label;
    return;
  }
  const copy = copyShape(inner);
  tab.append(copy);
  addLabel(copy, inner, label);
}

/**
 * Creates a tab that looks like the host's own tabs: with the same elements, classes and role.
 * `sample` is one of the host's tabs, and `row` is their row.
 */
export function createOwnTab(row: Element, sample: HTMLElement | null, label: string): OwnTab {
  const tab = sample === null ? document.createElement("button") : copyShape(sample);
  if (tab instanceof HTMLButtonElement) tab.type = "button";
  else tab.tabIndex = 0;
  if (tab.localName === "a" && !tab.hasAttribute("role")) tab.setAttribute("role", "button");
  tab.id = createId("tab");
  addLabel(tab, sample, label);
  let outer = tab;
  for (let one = sample?.parentElement; one && one !== row; one = one.parentElement) {
    const wrapper = copyShape(one);
    wrapper.append(outer);
    outer = wrapper;
  }
  outer.setAttribute(ownAttribute, "tab");
  return { tab, outer, sample };
}

/** Creates the panel of the plugin's tab. `tab` is null if the panel belongs to a section. */
export function createPanel(): HTMLElement {
  const panel = document.createElement("div");
  panel.id = createId("panel");
  panel.setAttribute(ownAttribute, "panel");
  panel.hidden = true;
  return panel;
}

/**
 * Joins the panel to its tab for assistive technology, as the host's tabs and panels are joined.
 */
export function linkPanel(panel: HTMLElement, tab: HTMLElement): void {
  tab.setAttribute("aria-controls", panel.id);
  if (tab.getAttribute("role") !== "tab") return;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
}
