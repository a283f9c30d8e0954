import type { HostRecord } from "../../host/host.ts";

/** Options for a host that shows the plugin in a new tab, beside the host's own tabs. */
export type TabOptions = {
  /** Default: the attribute `data-property-id` of the drawer, or of an element around or in it. */
  propertyId?: string;
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

const named = "[data-property-id]";

/** Returns the id of the drawer's property, or null if neither the options nor the page has one. */
export function findPropertyId(drawer: Element, options: TabOptions): string | null {
  if (options.propertyId) return options.propertyId;
  const holder = drawer.closest(named) ?? drawer.querySelector(named);
  return holder?.getAttribute("data-property-id") || null;
}

/** Returns the label of the tab. Without a label of the host, it is in the language of the page. */
export const chooseLabel = (options: TabOptions): string =>
  options.label ?? (/^es\b/i.test(document.documentElement.lang) ? "Campañas" : "Campaigns");
