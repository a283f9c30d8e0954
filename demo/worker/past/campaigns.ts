import type { RecipientSource } from "../../../shared/vocabulary.ts";

/** A campaign of the demo's past weeks. */
export type PastCampaign = {
  name: string;
  /** The preset with the campaign's steps; null for the steps in `steps.ts`. */
  presetId: string | null;
  role: "agent" | "teamLead";
  source: RecipientSource;
  /** The number of days since the campaign's first email. */
  daysAgo: number;
  people: number;
  /** The number of people who get their first email on the same day. */
  peoplePerDay: number;
  /** The chance, 0 to 1, that a first email sent at an average hour gets a reply. */
  replyShare: number;
};

/**
 * The campaigns of the demo's office in the past weeks, by two agents, with several sequences and
 * sources.
 */
export const pastCampaigns: readonly PastCampaign[] = [
  {
    name: "Capitol Hill owners, summer",
    presetId: "sellerOutreach",
    role: "agent",
    source: "countyRecords",
    daysAgo: 150,
    people: 90,
    peoplePerDay: 6,
    replyShare: 0.045,
  },
  {
    name: "Expired this quarter",
    presetId: "expiredListing",
    role: "agent",
    source: "pastListing",
    daysAgo: 88,
    people: 70,
    peoplePerDay: 4,
    replyShare: 0.07,
  },
  {
    name: "Landlords out of state",
    presetId: "absenteeOwner",
    role: "teamLead",
    source: "countyRecords",
    daysAgo: 74,
    people: 80,
    peoplePerDay: 5,
    replyShare: 0.03,
  },
  {
    name: "For sale by owner, Lakewood",
    presetId: "fsbo",
    role: "teamLead",
    source: "list",
    daysAgo: 58,
    people: 60,
    peoplePerDay: 4,
    replyShare: 0.05,
  },
  {
    name: "Capitol Hill owners, fall",
    presetId: "sellerOutreach",
    role: "agent",
    source: "countyRecords",
    daysAgo: 44,
    people: 90,
    peoplePerDay: 6,
    replyShare: 0.05,
  },
  {
    name: "Two subjects for Wash Park",
    presetId: null,
    role: "agent",
    source: "host",
    daysAgo: 30,
    people: 120,
    peoplePerDay: 8,
    replyShare: 0.06,
  },
  {
    name: "Expired, winter",
    presetId: "expiredListing",
    role: "teamLead",
    source: "pastListing",
    daysAgo: 19,
    people: 60,
    peoplePerDay: 5,
    replyShare: 0.075,
  },
];
