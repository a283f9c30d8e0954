import { isOwn } from "./own-nodes.ts";
import type { TabOptions } from "./tab-options.ts";

/** A host's row of tabs. `tabs` are the host's own tabs, without the plugin's tab. */
export type TabRow = { row: HTMLElement; tabs: readonly HTMLElement[] };

/** The box that gets the plugin's panel, and the host's elements that the open panel replaces. */
export type PanelPlace = { box: Element; replaced: readonly Element[]; shown: HTMLElement | null };

/** The rows of tabs of common libraries, from the surest sign to the weakest. */
const rowSelectors = [
  "[role=tablist]",
  ".nav-tabs, .nav-pills",
  "[class*=tablist i], [class*=tab-list i]",
  "[class*=tabs i]",
];
const item = "button, a, [role=tab]";
const isTablist = (row: Element) => row.getAttribute("role") === "tablist";

const listElements = (root: Element, selector: string): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(selector)].filter((one) => !isOwn(one));

/**
 * Lists the tabs of a row: by their role, or the buttons and links that are children of the row.
 */
function listTabs(row: Element): HTMLElement[] {
  const byRole = listElements(row, "[role=tab]").filter(
    (tab) => (tab.parentElement?.closest("[role=tablist]") ?? row) === row || !isTablist(row),
  );
  if (byRole.length > 0) return byRole;
  return listElements(row, ":scope > :is(button, a), :scope > * > :is(button, a)");
}

/** Finds the row of tabs in the drawer. Returns null if the drawer seems to have none. */
export function findTabRow(drawer: Element, options: TabOptions): TabRow | null {
  if (options.tablist !== undefined) {
    const row = drawer.querySelector<HTMLElement>(options.tablist);
    if (row === null) return null;
    const tabs = listTabs(row);
    return { row, tabs: tabs.length > 0 ? tabs : listElements(row, item) };
  }
  for (const selector of rowSelectors)
    for (const row of listElements(drawer, selector)) {
      const tabs = listTabs(row);
      const isRow = isTablist(row) ? tabs.length > 0 : tabs.length > 1 && holdsOnly(row, tabs);
      if (isRow) return { row, tabs };
    }
  return null;
}

/** Returns whether the row has no field and no panel, so that it is not a box around a row. */
const holdsOnly = (row: Element, tabs: readonly HTMLElement[]): boolean =>
  row.querySelector("[role=tabpanel], input, textarea, select, p, h1, h2, h3, table") === null &&
  [...row.children].every((child) => isOwn(child) || tabs.some((tab) => child.contains(tab)));

const targetNames = ["aria-controls", "data-bs-target", "data-target", "href"];

/** Lists the panels that belong to the tabs by ids or by their role. */
function listPanels(drawer: Element, tabs: readonly HTMLElement[]): HTMLElement[] {
  const root = drawer.getRootNode() as Document | ShadowRoot;
  const byId = tabs.flatMap((tab) =>
    targetNames.flatMap((name) => {
      const target = tab.getAttribute(name) ?? "";
      const id = name === "aria-controls" ? target : /^#(.+)/.exec(target)?.[1];
      const panel = id ? root.getElementById(id) : null;
      return panel !== null && drawer.contains(panel) && !isOwn(panel) ? [panel] : [];
    }),
  );
  const byRole = listElements(drawer, "[role=tabpanel]").filter(
    (panel) => !panel.parentElement?.closest("[role=tabpanel]"),
  );
  return [...new Set([...byId, ...byRole])];
}

const isShown = (element: Element) => element.getClientRects().length > 0;
const hasText = (element: Element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
const isContent = (element: Element) =>
  !isOwn(element) && !element.matches("script, style, template, footer, [role=contentinfo]");

function listElementsAfter(element: Element): Element[] {
  const next = element.nextElementSibling;
  return next === null ? [] : [next, ...listElementsAfter(next)];
}

/**
 * Lists what follows the row, or what follows the nearest box around the row with a next sibling.
 */
function listContentAfter(row: Element, drawer: Element): Element[] {
  for (let one: Element | null = row; one !== null && one !== drawer; one = one.parentElement) {
    const content = listElementsAfter(one).filter(isContent);
    if (content.length > 0) return content;
  }
  return [];
}

/** Returns the place that replaces all content of the box, except the row of tabs. */
const replaceContent = (box: Element, row: Element): PanelPlace => ({
  box,
  replaced: [...box.children].filter((child) => isContent(child) && !child.contains(row)),
  shown: null,
});

/** Finds the place of the plugin's panel. `last` is the place that was found before. */
export function findPanelPlace(
  drawer: Element,
  { row, tabs }: TabRow,
  options: TabOptions,
  last: PanelPlace | null,
): PanelPlace {
  const chosen = options.panel === undefined ? null : drawer.querySelector(options.panel);
  if (chosen !== null) return replaceContent(chosen, row);
  const panels = listPanels(drawer, tabs);
  // While the plugin's panel is open, the host's panels are hidden.
  const kept = last?.shown?.isConnected && panels.includes(last.shown) ? last.shown : null;
  const shown = panels.find(isShown) ?? kept ?? panels[0];
  if (shown?.parentElement) return { box: shown.parentElement, replaced: panels, shown };
  const content = listContentAfter(row, drawer);
  const [only] = content;
  if (only === undefined) return { box: row.parentElement ?? drawer, replaced: [], shown: null };
  if (content.length === 1 && !hasText(only)) return replaceContent(only, row);
  return { box: only.parentElement ?? drawer, replaced: content, shown: null };
}
