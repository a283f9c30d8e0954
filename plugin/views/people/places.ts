import type { Campaign } from "../../../shared/campaign.ts";

/** The number of a step, and its place in the campaign, from 1. */
export type CampaignPlace = { stepNumber: number; position: number };

export const listPlaces = (campaign: Campaign | undefined): CampaignPlace[] =>
  (campaign?.steps ?? []).map(({ stepNumber }, index) => ({ stepNumber, position: index + 1 }));
