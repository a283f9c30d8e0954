import type { CampaignStatus } from "../../shared/vocabulary.ts";

/** The buttons over the home's list of campaigns, and what an empty list says. */
export const homeListTexts: Record<CampaignStatus, { label: string; empty: string }> = {
  draft: { label: "Drafts", empty: "No drafts" },
  waitingForApproval: { label: "Waiting for approval", empty: "Nothing waits for approval" },
  active: { label: "Running", empty: "No campaign is running" },
  paused: { label: "Paused", empty: "No campaign is paused" },
  completed: { label: "Finished", empty: "No campaign has finished" },
  stopped: { label: "Stopped", empty: "No campaign was stopped" },
  archived: { label: "Archived", empty: "No campaign is archived" },
};
