import type { CampaignStatus } from "../../shared/vocabulary.ts";
import { spoken } from "./say.ts";

/** The statuses of the home's lists of campaigns, in the order of the buttons. */
export const homeLists = [
  "active",
  "paused",
  "draft",
  "completed",
  "stopped",
] as const satisfies readonly CampaignStatus[];
export type HomeList = (typeof homeLists)[number];

export const homeListLabels = spoken<HomeList>({
  active: "Running",
  paused: "Paused~many",
  draft: "Drafts",
  completed: "Finished",
  stopped: "Stopped~many",
});

/** The text of each empty list of campaigns. */
export const emptyHomeTexts = spoken<HomeList>({
  active: "No running campaigns",
  paused: "No paused campaigns",
  draft: "No drafts",
  completed: "No finished campaigns",
  stopped: "No stopped campaigns",
});
