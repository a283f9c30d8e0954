import type { Campaign } from "../../../shared/campaign.ts";

/** The number of a step, and its place in the campaign, from 1. */
export type StepPlace = { stepNumber: number; position: number };

export const listStepPlaces = (campaign: Campaign | undefined): StepPlace[] =>
  (campaign?.steps ?? []).map(({ stepNumber }, index) => ({ stepNumber, position: index + 1 }));
