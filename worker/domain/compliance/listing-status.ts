import { limits } from "../../../shared/limits.ts";
import { type ListingGuardSettings, normalizeStatusWord } from "../../../shared/listing-guard.ts";
import { type PropertyStatus, propertyStatuses } from "../../../shared/vocabulary.ts";

/** All settings of the listing guard for one office. */
export type ListingRules = {
  [Name in keyof ListingGuardSettings]-?: NonNullable<ListingGuardSettings[Name]>;
};

/**
 * Returns the office's settings. The product's defaults stand in for the settings that the office
 * has not made.
 */
export function completeListingRules(settings: ListingGuardSettings): ListingRules {
  return {
    officeKeys: settings.officeKeys ?? [],
    agentKeys: settings.agentKeys ?? [],
    statusMap: settings.statusMap ?? {},
    extraBlockedStatuses: settings.extraBlockedStatuses ?? [],
    closedDays: settings.closedDays ?? limits.closedDays,
    launchStatusHours: settings.launchStatusHours ?? limits.launchStatusHours,
    laterStatusDays: settings.laterStatusDays ?? limits.laterStatusDays,
  };
}

/**
 * The meaning of a host's word for a listing's status. If `unmappedStatus` is not null, nobody has
 * mapped the word to a meaning. If both fields are null, the home has no listing.
 */
export type InterpretedListingStatus = { status: PropertyStatus | null; unmappedStatus: string | null };

const resoStatuses = new Map(propertyStatuses.map((status) => [normalizeStatusWord(status), status]));
const productMap = new Map<string, PropertyStatus | "none">([
  ["offmarket", "none"],
  ["none", "none"],
  ["cancelled", "Canceled"],
]);

/**
 * Returns the meaning of a host's word: the meaning in RESO, or else the meaning set by the office,
 * or else the product's own meaning.
 */
export function interpretListingStatus(
  word: string | null,
  { statusMap }: Pick<ListingRules, "statusMap">,
): InterpretedListingStatus {
  const folded = normalizeStatusWord(word ?? "");
  if (word === null || folded === "") return { status: null, unmappedStatus: null };
  const own = Object.entries(statusMap).find(([name]) => normalizeStatusWord(name) === folded)?.[1];
  const meant = resoStatuses.get(folded) ?? own ?? productMap.get(folded);
  if (meant === undefined) return { status: null, unmappedStatus: word.trim() };
  return { status: meant === "none" ? null : meant, unmappedStatus: null };
}
