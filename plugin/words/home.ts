import type { CampaignStatus } from "../../shared/vocabulary.ts";
import { translatedTable } from "./say.ts";

/** The statuses for which the agent's home page lists campaigns, in the order of the buttons. */
export const homePageListStatuses = [
  "active",
  "paused",
  "draft",
  "completed",
  "stopped",
] as const satisfies readonly CampaignStatus[];
export type HomePageListStatus = (typeof homePageListStatuses)[number];

export const homePageListLabels = translatedTable<HomePageListStatus>({
  active: "Running",
  paused: "Paused~many",
  draft: "Drafts",
  completed: "Finished",
  stopped: "Stopped~many",
});

/** The text that the home page shows for each list without campaigns. */
export const emptyHomePageListTexts = translatedTable<HomePageListStatus>({
  active: "No running campaigns",
  paused: "No paused campaigns",
  draft: "No drafts",
  completed: "No finished campaigns",
  stopped: "No stopped campaigns",
});
