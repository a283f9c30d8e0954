import type { Contact, JsonRecord } from "../host/mapping.ts";
import { getLanguage, say } from "../words/say.ts";
import type { LaunchSequence } from "./launch-sequence.ts";

/**
 * A preset, with the reason why the preset fits the property. `reason` is null if there is no
 * reason.
 */
export type FittingPreset = { preset: LaunchSequence; reason: string | null };
export type RankedPresets = {
  /** The presets that the launch view offers first, the best fit first. */
  fitting: FittingPreset[];
  /** The presets that the launch view shows after a click on "More". */
  more: FittingPreset[];
};

/** The id of the preset that fits every owner. */
const generalPresetId = "sellerOutreach";

/**
 * Divides the presets into presets that fit the property and its people, and the rest, behind
 * "More". A preset with a reason comes before the preset for every owner and before the office's
 * own sequences, which always fit. If nothing fits, every preset in the tab's language counts as
 * fitting. Presets in another language come last, behind "More". A preset for buyers is left out
 * unless the host marks a contact as a buyer; an own sequence for buyers stays.
 */
export function rankPresets(
  presets: readonly LaunchSequence[],
  property: JsonRecord,
  contacts: readonly Contact[],
): RankedPresets {
  const language = getLanguage();
  const isForeign = (preset: LaunchSequence) => (preset.language ?? language) !== language;
  const hasBuyer = contacts.some(isBuyer);
  const all = presets.filter(({ type, isOwn }) => type !== "buyerNurture" || hasBuyer || isOwn);
  const foreign = all.filter(isForeign).map((preset) => ({ preset, reason: null }));
  const offered = all.filter((preset) => !isForeign(preset));
  const judged = offered.map((preset) => ({
    preset,
    reason: findReason(getEnglishId(preset), property, contacts),
  }));
  const reasoned = judged.filter(({ reason }) => reason !== null);
  const general = judged.filter(
    ({ preset, reason }) =>
      reason === null && (getEnglishId(preset) === generalPresetId || preset.isOwn === true),
  );
  const fitting = [...reasoned, ...general];
  const more = judged.filter((one) => !fitting.includes(one));
  return fitting.length === 0 ? { fitting: judged, more: foreign } : { fitting, more: [...more, ...foreign] };
}

/** Returns the id of the English preset with the same purpose as a preset in another language. */
const getEnglishId = ({ id }: LaunchSequence) => id.replace(/Es$/, "");

function findReason(presetId: string, property: JsonRecord, contacts: readonly Contact[]): string | null {
  switch (presetId) {
    case "expiredListing":
      return findEndedListing(property);
    case "fsbo":
      return isForSaleByOwner(property) ? say("Fits: the owner is selling without an agent") : null;
    case "absenteeOwner":
      return findAbsence(property, contacts);
    case "buyerNurture":
      return say("Fits: someone here is a buyer");
    default:
      return null;
  }
}

const toWords = (value: unknown) =>
  typeof value === "string"
    ? value
        .replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase()
        .trim()
    : "";

function findEndedListing({ standardStatus, mlsStatus }: JsonRecord): string | null {
  const status = `${toWords(standardStatus)} ${toWords(mlsStatus)}`;
  if (/\bexpired\b/.test(status)) return say("Fits: the listing has expired");
  return /\bcancell?ed\b/.test(status) ? say("Fits: the listing was canceled") : null;
}

const byOwner = /\b(?:fsbo|for sale by owner)\b/;

function isForSaleByOwner(property: JsonRecord): boolean {
  const named = [
    property.standardStatus,
    property.mlsStatus,
    property.status,
    property.listingType,
    property.saleType,
    property.listingAgreement,
    property.specialListingConditions,
    property.tags,
    property.note,
  ].flat();
  return (
    property.isForSaleByOwner === true ||
    property.fsbo === true ||
    named.some((one) => byOwner.test(toWords(one)))
  );
}

function findAbsence(property: JsonRecord, contacts: readonly Contact[]): string | null {
  const occupant = toWords(property.occupantType);
  if (occupant === "tenant") return say("Fits: a tenant lives there");
  if (occupant === "vacant") return say("Fits: the home is vacant");
  if (property.ownerOccupied === false || property.isOwnerOccupied === false)
    return say("Fits: the owner lives elsewhere");
  const owners = contacts.filter((contact) => !isBuyer(contact));
  return owners.length > 0 && owners.every((owner) => isMailElsewhere(owner, property))
    ? say("Fits: the owner’s mail goes elsewhere")
    : null;
}

const findZip = (value: unknown) =>
  typeof value === "string" || typeof value === "number"
    ? (/\b(\d{5})(?:-\d{4})?\s*$/.exec(String(value).trim())?.[1] ?? null)
    : null;

/**
 * Tells whether the owner's mailing address has another ZIP code than the home. Streets are not
 * compared, because one street can be spelled in many ways.
 */
function isMailElsewhere({ data }: Contact, property: JsonRecord): boolean {
  const mail = findZip(data.mailingPostalCode) ?? findZip(data.mailingZip) ?? findZip(data.mailingAddress);
  const home = findZip(property.postalCode) ?? findZip(property.unparsedAddress);
  return mail !== null && home !== null && mail !== home;
}

function isBuyer({ data }: Contact): boolean {
  return [data.contactType, data.type, data.role, data.kind, data.relationship]
    .flat()
    .some((one) => /\b(?:buyer|prospect|lead)\b/.test(toWords(one)));
}
