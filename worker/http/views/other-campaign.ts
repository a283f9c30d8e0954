import type { OtherCampaign } from "../../../shared/recipient.ts";
import type { Collision } from "../../domain/send/collision.ts";

export function toOtherCampaignView({ by, campaignId, campaignName }: Collision): OtherCampaign {
  return { id: campaignId, name: campaignName, by };
}
