import { host, startDoorknock } from "../tab.js";

/* The code that all host pages with tabs share. Each page adds the plugin's tab to its drawer. */

export const tabs = ["Details", "Owners", "Notes"];
export const writeText = (name, count = 0) => `The ${name.toLowerCase()} of the house, drawn ${count} times.`;

startDoorknock();

let detach = null;
/** Adds the tab to the drawer, as docs/embedding.md shows. */
export function attach(drawer, options = {}) {
  detach = window.Doorknock.attachTab(drawer, {
    propertyId: host.property.ListingKey,
    property: host.property,
    contacts: host.contacts,
    ...options,
  });
  return detach;
}
export const detachTab = () => detach?.();
