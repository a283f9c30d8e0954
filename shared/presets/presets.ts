import type { Preset } from "../preset.ts";
import { absenteeOwner } from "./absentee-owner.ts";
import { buyerNurture } from "./buyer-nurture.ts";
import { expiredListing } from "./expired-listing.ts";
import { fsbo } from "./fsbo.ts";
import { justSold } from "./just-sold.ts";
import { sellerOutreach } from "./seller-outreach.ts";
import { spanishPresets } from "./spanish/presets.ts";

/** The English preset sequences, in the order in which the launch view offers them. */
export const englishPresets: readonly Preset[] = [
  sellerOutreach,
  buyerNurture,
  expiredListing,
  fsbo,
  absenteeOwner,
  justSold,
];

/** The preset sequences of all languages. */
export const allPresets: readonly Preset[] = [...englishPresets, ...spanishPresets];

/** Returns the preset with this id, or undefined. */
export function findPreset(id: string): Preset | undefined {
  return allPresets.find((preset) => preset.id === id);
}
