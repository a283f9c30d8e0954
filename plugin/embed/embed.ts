import type { LoaderSettings } from "../host/host.ts";
import { giveLaunchedHomes, type LaunchOptions, readLaunchedHomes } from "../host/launched-homes.ts";
import { isHomeElement } from "../host/place.ts";
import { attach } from "./tab/attached-tab.ts";
import { adviseOnTab } from "./tab/host-advice.ts";
import type { TabOptions } from "./tab/tab-options.ts";

export { autoInject } from "./tab/auto-inject.ts";
export type { AutoInjectOptions, TabOptions } from "./tab/tab-options.ts";

/**
 * Adds Doorknock's tab to one drawer of the host. A second call for the same drawer changes the
 * options of its tab. Returns a function that removes the tab.
 */
export function attachTab(target: Element | string, options: TabOptions = {}): () => void {
  const drawer = typeof target === "string" ? document.querySelector(target) : target;
  if (drawer instanceof Element) return attach(drawer, options).off;
  adviseOnTab(`\`attachTab\` found no drawer ${String(target)}. Call it when the drawer is in the page.`);
  return () => undefined;
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
