import type { Preset } from "../../preset.ts";
import { spanishAbsenteeOwner } from "./absentee-owner.ts";
import { spanishBuyerNurture } from "./buyer-nurture.ts";
import { spanishExpiredListing } from "./expired-listing.ts";
import { spanishFsbo } from "./fsbo.ts";
import { spanishJustSold } from "./just-sold.ts";
import { spanishSellerOutreach } from "./seller-outreach.ts";

/** The Spanish preset sequences, in the order in which the launch view offers them. */
export const spanishPresets: readonly Preset[] = [
  spanishSellerOutreach,
  spanishBuyerNurture,
  spanishExpiredListing,
  spanishFsbo,
  spanishAbsenteeOwner,
  spanishJustSold,
];
