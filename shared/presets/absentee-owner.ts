import type { Preset } from "../preset.ts";
import { buildOwnerLetter } from "./letter.ts";

export const absenteeOwner: Preset = {
  id: "absenteeOwner",
  name: "Absentee owner",
  description:
    "Writes to an owner who lives somewhere else: four emails in three weeks about keeping or selling.",
  type: "sellerOutreach",
  steps: [
    {
      name: "Keep or sell?",
      delayDays: 0,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Question about {{default property.streetAddress "your property"}}',
      preheader: "I understand you live somewhere else, so I'm asking by email.",
      bodyHtml: buildOwnerLetter(
        'I work in {{default property.city "the area"}}, and I understand you own {{default property.streetAddress "a home here"}} and live somewhere else.',
        "Are you planning to hold on to it, or would you consider selling at the right price?",
      ),
      bodyText: "",
    },
    {
      name: "Rent or sell",
      delayDays: 4,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Rent or sell {{default property.streetAddress "your property"}}?',
      preheader: "The two sides on one page: what it might rent for, and what a sale might leave you with.",
      bodyHtml: buildOwnerLetter(
        "For an owner who lives at a distance, it's rarely obvious whether keeping a place still makes sense.",
        'I can put the two sides on one page for {{default property.streetAddress "your property"}}: what it might rent for after costs, and what it might leave you with if sold.',
        "Would you like to see it?",
      ),
      bodyText: "",
    },
    {
      name: "From a distance",
      delayDays: 6,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: "Selling from a distance",
      preheader: "Photos, repairs, showings and most of the papers, without a trip.",
      bodyHtml: buildOwnerLetter(
        "If selling ever comes up, you wouldn't need to travel for it. Photos, repairs and showings can be arranged here, and in most cases the papers can be signed where you live.",
        'What is the one thing about {{default property.streetAddress "the property"}} that takes most of your time today?',
      ),
      bodyText: "",
    },
    {
      name: "Last note",
      delayDays: 11,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Last note about {{default property.streetAddress "your property"}}',
      preheader: "I'll stop here so that I don't fill your inbox.",
      bodyHtml: buildOwnerLetter(
        "I'll stop here so that I don't fill your inbox. If you ever want to know what {{default property.streetAddress \"your property\"}} would sell for, a reply to this email is enough.",
        "Should I check in again next year?",
      ),
      bodyText: "",
    },
  ],
};
