import type { DoorknockElement, HostRecord, LoaderSettings } from "../host/host.ts";
import { giveLaunchedHomes, type LaunchOptions, readLaunchedHomes } from "../host/launched-homes.ts";
import { isHomeElement } from "../host/place.ts";

/** Options for a host that shows the plugin in a new tab, beside the host's own tabs. */
export type TabOptions = {
  propertyId: string;
  property?: HostRecord | null;
  contacts?: readonly HostRecord[] | null;
  /**
   * CSS selectors inside the drawer. `tablist` finds the row of tabs that gets the new tab. `panel`
   * finds the box whose own content is hidden while the new tab is open.
   */
  tablist?: string;
  panel?: string;
  label?: string;
};

/**
 * Options for a host that can't call `attachTab` itself. The options say how to find the drawer and
 * the property on the host's pages.
 */
export interface AutoInjectOptions extends Pick<TabOptions, "tablist" | "panel" | "label"> {
  drawer: string;
  propertyId: (drawer: Element) => string | null;
  property?: (drawer: Element) => HostRecord | null | Promise<HostRecord | null>;
  contacts?: (drawer: Element) => readonly HostRecord[] | null | Promise<readonly HostRecord[] | null>;
}

const ownAttribute = "data-doorknock";
const openMark = "data-doorknock-open";

let hidingSheet: CSSStyleSheet | null = null;
/**
 * Adds a style rule that hides the host's panels while Doorknock's tab is open. Moving or changing
 * nodes that a framework owns would break the framework.
 */
function hideHostPanels(): void {
  if (hidingSheet) return;
  hidingSheet = new CSSStyleSheet();
  hidingSheet.replaceSync(
    `[${openMark}]>:not([${ownAttribute}]){display:none!important}[${ownAttribute}][hidden]{display:none!important}`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hidingSheet];
}

/**
 * Creates a tab that looks like the host's own tabs: with the same element name, classes and role.
 */
function createTab(neighbour: Element | null, label: string): HTMLElement {
  const tab = document.createElement(neighbour?.localName ?? "button");
  tab.className = neighbour?.className ?? "";
  if (tab instanceof HTMLButtonElement) tab.type = "button";
  const role = neighbour?.getAttribute("role");
  if (role) tab.setAttribute("role", role);
  tab.setAttribute(ownAttribute, "tab");
  tab.textContent = label;
  return tab;
}

function createPanel(options: TabOptions): { panel: HTMLElement; element: DoorknockElement } {
  const panel = document.createElement("div");
  panel.setAttribute(ownAttribute, "panel");
  panel.hidden = true;
  const element = document.createElement("doorknock-campaigns") as DoorknockElement;
  element.setAttribute("property-id", options.propertyId);
  element.property = options.property ?? null;
  element.contacts = options.contacts ?? null;
  return { panel, element };
}

type AddedTab = {
  element: DoorknockElement;
  remove: () => void;
};

/** Adds Doorknock's tab to one drawer of the host, and returns a function that removes the tab. */
export const attachTab = (target: Element | string, options: TabOptions): (() => void) =>
  addTab(target, options).remove;

function addTab(target: Element | string, options: TabOptions): AddedTab {
  const drawer = typeof target === "string" ? document.querySelector(target) : target;
  const tablist = drawer?.querySelector(options.tablist ?? "[role=tablist]");
  const firstPanel = drawer?.querySelector("[role=tabpanel]");
  const box = options.panel ? drawer?.querySelector(options.panel) : firstPanel?.parentElement;
  if (!tablist || !box) throw new Error("Doorknock.attachTab found no row of tabs and panel in the drawer");
  hideHostPanels();
  const tab = createTab(tablist.querySelector("[role=tab], button, a"), options.label ?? "Campaigns");
  const { panel, element } = createPanel(options);
  const isTab = tab.getAttribute("role") === "tab";
  const stateName = isTab ? "aria-selected" : "aria-pressed";
  if (isTab) panel.setAttribute("role", "tabpanel");
  if (isTab) panel.setAttribute("aria-label", tab.textContent ?? "");

  const show = (isOpen: boolean) => {
    panel.hidden = !isOpen;
    box.toggleAttribute(openMark, isOpen);
    tab.setAttribute(stateName, String(isOpen));
    // The element is added when the agent first opens the tab, because an added element loads the
    // rest of the plugin.
    if (isOpen && !element.isConnected) panel.append(element);
  };
  const onTabs = (event: Event) => {
    const clicked = event.target instanceof Element ? event.target.closest("[role=tab], button, a") : null;
    if (clicked) show(clicked === tab);
  };
  tablist.append(tab);
  box.append(panel);
  show(false);
  tablist.addEventListener("click", onTabs);
  const remove = () => {
    show(false);
    tablist.removeEventListener("click", onTabs);
    tab.remove();
    panel.remove();
  };
  return { element, remove };
}

const hasTabAndPanel = (drawer: Element) =>
  drawer.isConnected &&
  drawer.querySelectorAll(`[${ownAttribute}=tab], [${ownAttribute}=panel]`).length === 2;

/**
 * Asks the host for the records of the element's property, and sets the records on the element.
 * Drops records that arrive after the agent has moved to another property.
 */
async function loadHostRecords(
  element: DoorknockElement,
  drawer: Element,
  options: AutoInjectOptions,
): Promise<void> {
  const propertyId = element.getAttribute("property-id");
  const [property, contacts] = await Promise.all([options.property?.(drawer), options.contacts?.(drawer)]);
  if (element.getAttribute("property-id") !== propertyId) return;
  element.property = property ?? null;
  element.contacts = contacts ?? null;
}

/**
 * Adds the tab to every drawer that matches `options.drawer`. If the host's rendering removes the
 * tab, adds the tab again. Returns a function that removes all tabs for good.
 */
export function autoInject(options: AutoInjectOptions): () => void {
  const added = new Map<Element, AddedTab>();
  let isPlanned = false;

  const detach = (drawer: Element) => {
    added.get(drawer)?.remove();
    added.delete(drawer);
  };
  const attach = (drawer: Element, propertyId: string): DoorknockElement | null => {
    const { property: _property, contacts: _contacts, ...tab } = options;
    try {
      const made = addTab(drawer, { ...tab, propertyId });
      added.set(drawer, made);
      return made.element;
    } catch {
      // A host may add a drawer before the drawer's tabs. `look` tries again after the next change
      // to the page.
      return null;
    }
  };
  const follow = (drawer: Element) => {
    const propertyId = options.propertyId(drawer);
    const known = hasTabAndPanel(drawer) ? added.get(drawer)?.element : undefined;
    if (known?.getAttribute("property-id") === propertyId) return;
    if (!known) detach(drawer);
    if (!propertyId) return;
    const element = known ?? attach(drawer, propertyId);
    element?.setAttribute("property-id", propertyId);
    if (element)
      loadHostRecords(element, drawer, options).catch((cause) =>
        console.error("Doorknock.autoInject:", cause),
      );
  };
  const look = () => {
    isPlanned = false;
    for (const drawer of [...added.keys()]) if (!drawer.isConnected) detach(drawer);
    document.querySelectorAll(options.drawer).forEach(follow);
  };
  const observer = new MutationObserver(() => {
    if (!isPlanned) requestAnimationFrame(look);
    isPlanned = true;
  });
  observer.observe(document.documentElement, { childList: true, subtree: true, attributes: true });
  look();
  return () => {
    observer.disconnect();
    for (const drawer of [...added.keys()]) detach(drawer);
  };
}

/**
 * Checks the host's page for `Doorknock.doctor`.
 * @returns the faults of the page, each with its remedy; an empty list if all is well
 */
export const doctor = async (shared: LoaderSettings) =>
  await import("../host/doctor.ts").then(({ examinePage }) => examinePage(shared));

/**
 * Opens the launch to the owners of many properties, in the page's element of the home page.
 * @throws Error if the page has no such element, or a property has no id
 */
export function launch(shared: LoaderSettings, { properties, element }: LaunchOptions): void {
  const homes = readLaunchedHomes(properties, shared.config);
  const home = element ?? [...document.querySelectorAll("doorknock-campaigns")].find(isHomeElement);
  if (home === undefined)
    throw new Error('Doorknock.launch needs a <doorknock-campaigns view="home"> on the page');
  giveLaunchedHomes(home, homes);
}
