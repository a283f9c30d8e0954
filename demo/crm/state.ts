import { computed, signal } from "@preact/signals";
import { propertyRecords } from "../data/properties.ts";
import type { Activity, PropertyRecord } from "../data/records.ts";

export const tabs = ["overview", "owners", "timeline", "campaigns"] as const;
export type Tab = (typeof tabs)[number];

export const searchText = signal("");
export const selectedCity = signal("");

export const cities = [...new Set(propertyRecords.map((property) => property.City))].sort();

export const shownProperties = computed(() => {
  const words = searchText.value.toLowerCase().split(/\s+/).filter(Boolean);
  return propertyRecords.filter((property) => {
    const text = [
      property.UnparsedAddress,
      property.OwnerName,
      ...property.contacts.map((each) => each.FullName),
    ];
    const haystack = text.join(" ").toLowerCase();
    return (
      (!selectedCity.value || property.City === selectedCity.value) &&
      words.every((word) => haystack.includes(word))
    );
  });
});

/**
 * The URL's hash, which names the shown property and tab (#/p_123/campaigns). The hash keeps the
 * drawer over a reload and makes the Back button work.
 */
const address = signal(location.hash);
window.addEventListener("hashchange", () => {
  address.value = location.hash;
});

export const currentDrawer = computed<{ property: PropertyRecord; tab: Tab } | null>(() => {
  const [, id, name] = address.value.split("/");
  const property = propertyRecords.find((each) => each.id === id);
  if (property === undefined) return null;
  return { property, tab: tabs.find((tab) => tab === name) ?? "overview" };
});

const outreachPage = "#/outreach";

/** True on the page that shows the outreach of every property. */
export const isOutreachPage = computed(
  () => address.value === outreachPage || address.value.startsWith(`${outreachPage}/`),
);

/** The view of Doorknock that the URL names, on the page with the outreach of every property. */
export const outreachView = computed(() => `home${address.value.slice(outreachPage.length)}`);

/** Puts a view of Doorknock, such as `home/campaign/12`, into the URL of the outreach page. */
export function putOutreachViewInUrl(view: string): void {
  if (isOutreachPage.value) location.hash = `${outreachPage}${view.slice("home".length)}`;
}

/** Opens the page with the outreach of every property. */
export function openOutreachPage(): void {
  location.hash = outreachPage;
}

export function openDrawer(property: PropertyRecord, tab: Tab = "overview"): void {
  location.hash = `#/${property.id}/${tab}`;
}

/** Opens the drawer of the property with this id. Does nothing for an unknown id. */
export function openDrawerById(id: string, tab: Tab): void {
  const property = propertyRecords.find((each) => each.id === id);
  if (property !== undefined) openDrawer(property, tab);
}

export function closeDrawer(): void {
  history.pushState(null, "", location.pathname);
  address.value = "";
}

/** Activities since this page was loaded. The records contain the older activities. */
const recentActivities = signal<{ propertyId: string; activity: Activity }[]>([]);

export function addActivity(propertyId: string, activity: Activity): void {
  recentActivities.value = [{ propertyId, activity }, ...recentActivities.value];
}

export function listActivities(property: PropertyRecord): Activity[] {
  const fresh = recentActivities.value
    .filter((each) => each.propertyId === property.id)
    .map((each) => each.activity);
  return [...fresh, ...property.activities];
}
