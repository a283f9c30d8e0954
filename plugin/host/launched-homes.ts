import { limits } from "../../shared/limits.ts";
import type { InitOptions } from "./host.ts";
import type { HostRecord } from "./mapping.ts";

/** The options of `Doorknock.launch`. */
export type LaunchOptions = {
  /**
   * The properties to whose owners the agent wants to write. The records are of the same shape as
   * those that the host sets on an element.
   */
  properties: readonly {
    propertyId: string;
    property?: HostRecord | null;
    contacts?: readonly HostRecord[] | null;
  }[];
  /** The element of the home page. Default: the page's first element with `view="home"`. */
  element?: Element | null;
};

/** A property that the host gave to `Doorknock.launch`, with RESO names, and its contacts. */
export type LaunchedHome = {
  propertyId: string;
  property: HostRecord;
  contacts: readonly HostRecord[];
};

/**
 * The home page's element while it holds homes that no view has taken yet. The code that gives the
 * homes and the view may be of different builds, so the name of this property never changes.
 */
type ElementWithHomes = Element & { launchedHomes?: readonly LaunchedHome[] | undefined };

/** Sent to the home page's element when the host has given it homes. */
export const homesEvent = "doorknock-homes";

/**
 * Checks the homes that a host gives, and maps their records.
 * @throws Error that tells the host's developers what is wrong
 */
export function readLaunchedHomes(
  given: LaunchOptions["properties"],
  { mapProperty = (record) => record, mapContacts = (records) => records }: InitOptions,
): LaunchedHome[] {
  if (!Array.isArray(given) || given.length === 0) throw new Error("Doorknock.launch: properties is empty");
  if (given.length > limits.recipientsPerCampaign)
    throw new Error(`Doorknock.launch takes at most ${limits.recipientsPerCampaign} properties`);
  return given.map(({ propertyId, property, contacts }, index) => {
    if (typeof propertyId !== "string" || propertyId === "")
      throw new Error(`Doorknock.launch: properties[${index}] has no propertyId`);
    return {
      propertyId,
      property: property ? mapProperty(property) : {},
      contacts: contacts ? mapContacts(contacts) : [],
    };
  });
}

/** Gives homes to the home page's element. */
export function giveLaunchedHomes(element: Element, homes: readonly LaunchedHome[]): void {
  (element as ElementWithHomes).launchedHomes = homes;
  element.setAttribute("view", "home/owners");
  element.dispatchEvent(new Event(homesEvent));
}

/** Returns the homes that the element holds, and takes them away; null if it holds none. */
export function takeLaunchedHomes(element: Element): readonly LaunchedHome[] | null {
  const { launchedHomes } = element as ElementWithHomes;
  (element as ElementWithHomes).launchedHomes = undefined;
  return launchedHomes ?? null;
}
