import type { CampaignStatus } from "../../shared/vocabulary.ts";

/**
 * Returns the key of an entry in the session's cache. The entry notes that the campaign's list of
 * people currently shows the form that adds people.
 */
export const getAddingPeopleKey = (campaignId: number) => `adding people ${campaignId}`;

/** Tells whether people can be added to a campaign of this status. */
export const canTakePeople = (status: CampaignStatus) =>
  ["draft", "waitingForApproval", "active", "paused"].includes(status);
