import type { OtherCampaign } from "../../../shared/recipient.ts";
import type { Collision } from "../../domain/send/collision.ts";

/** Tells whether a session may see the rows of a property. */
export type SeesProperty = (propertyId: string | null) => boolean;

/** Builds the view of another campaign. Names the campaign only if the session may see it. */
export function toOtherCampaignView(
  { by, campaignId, campaignName, campaignPropertyId }: Collision,
  sees: SeesProperty,
): OtherCampaign {
  return sees(campaignPropertyId) ? { id: campaignId, name: campaignName, by } : { id: null, name: null, by };
}
