import type { Preset } from "../preset.ts";
import { buildOwnerLetter } from "./letter.ts";

export const expiredListing: Preset = {
  id: "expiredListing",
  name: "Expired listing",
  description: "Writes to an owner whose listing ended without a sale: four emails in two weeks.",
  type: "sellerOutreach",
  steps: [
    {
      name: "Still hoping to sell?",
      delayDays: 0,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: '{{default property.streetAddress "Your home"}} is off the market',
      preheader: "I know how much work goes into getting that far.",
      bodyHtml: buildOwnerLetter(
        'I saw that the listing for {{default property.streetAddress "your home"}} ended without a sale. I know how much work goes into getting that far.',
        "Are you still hoping to sell, or are you done with it for now?",
      ),
      bodyText: "",
    },
    {
      name: "Why it may not have sold",
      delayDays: 2,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'A second look at {{default property.streetAddress "your home"}}',
      preheader: "It's nearly always one of three things, and I'd tell you plainly which I think it was.",
      bodyHtml: buildOwnerLetter(
        "When a home doesn't sell it's nearly always one of three things: the price against what else buyers could choose, how it looked online, or how easy it was to get in to see it.",
        "I'd be glad to go through the old listing for {{default property.streetAddress \"your home\"}} and tell you plainly which I think it was. It's a page of notes, and it's yours to keep whoever you list with.",
        "Shall I send it?",
      ),
      bodyText: "",
    },
    {
      name: "What would be different",
      delayDays: 5,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: "What I'd do differently",
      preheader: "Mostly the first two weeks: the photos, the price and the showings.",
      bodyHtml: buildOwnerLetter(
        'If you put {{default property.streetAddress "your home"}} back on the market, I\'d change the first two weeks: new photos, a price set against the homes that did sell, and showings planned for the first weekend rather than whenever somebody calls.',
        "Would a fifteen-minute call this week be worth it, just to hear what I have in mind?",
      ),
      bodyText: "",
    },
    {
      name: "Last note",
      delayDays: 7,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Closing my notes on {{default property.streetAddress "your home"}}',
      preheader: "If you decide to try again, I'll send you the sales as they stand then.",
      bodyHtml: buildOwnerLetter(
        'I haven\'t heard from you, so this is my last note about {{default property.streetAddress "your home"}}.',
        "If you decide to try again, reply here and I'll send you the comparable sales as they stand then. Is there a season you have in mind?",
      ),
      bodyText: "",
    },
  ],
};
