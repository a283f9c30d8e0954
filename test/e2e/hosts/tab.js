/*
 * The code that all host pages share. The test writes the property's record and contacts into the
 * page, as a script element with JSON.
 */

/** The property and its contacts. */
export const host = JSON.parse(document.getElementById("host").textContent);

/** Sends each key that reaches the host's shortcuts to the test, as an error of the host. */
export const reportShortcut = (event) =>
  console.error(`The host's shortcut ${event.key} ran (${event.type}).`);

/** Starts Doorknock as README.md shows. */
export function startDoorknock() {
  window.Doorknock ??= [];
  window.Doorknock.push([
    "init",
    {
      api: location.origin,
      getToken: async ({ propertyId }) => {
        const response = await fetch("/demo/token", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ role: "agent", propertyId }),
        });
        if (!response.ok) throw new Error(`The host gave no token (HTTP ${response.status}).`);
        return (await response.json()).token;
      },
    },
  ]);
}

/** Creates the tab's element for the host's property. */
export function createTab() {
  const tab = document.createElement("doorknock-campaigns");
  tab.setAttribute("property-id", host.property.ListingKey);
  if (document.dir === "rtl") tab.dir = "rtl";
  tab.property = host.property;
  tab.contacts = host.contacts;
  return tab;
}
