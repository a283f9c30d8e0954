import type { CampaignStatus } from "../../shared/vocabulary.ts";

/** The key in the session's cache that says that a campaign's view of people is adding people. */
export const addingPeopleKey = (campaignId: number) => `adding people ${campaignId}`;

/** Tells whether people can be added to a campaign of this status. */
export const isOpenToPeople = (status: CampaignStatus) =>
  ["draft", "waitingForApproval", "active", "paused"].includes(status);
