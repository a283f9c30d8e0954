import type { Preset } from "../preset.ts";
import { absenteeOwner } from "./absentee-owner.ts";
import { buyerNurture } from "./buyer-nurture.ts";
import { expiredListing } from "./expired-listing.ts";
import { fsbo } from "./fsbo.ts";
import { justSold } from "./just-sold.ts";
import { sellerOutreach } from "./seller-outreach.ts";

/** The preset sequences, in the order in which they are offered. */
export const presets: readonly Preset[] = [
  sellerOutreach,
  buyerNurture,
  expiredListing,
  fsbo,
  absenteeOwner,
  justSold,
];

/** Returns the preset with this id, or undefined. */
export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
