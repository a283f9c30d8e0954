import type { Preset } from "../preset.ts";
import { buildOwnerLetter } from "./letter.ts";

export const fsbo: Preset = {
  id: "fsbo",
  name: "For sale by owner",
  description: "Offers help to an owner who is selling without an agent: four emails in two weeks.",
  type: "sellerOutreach",
  steps: [
    {
      name: "How is it going?",
      delayDays: 0,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Your sale at {{default property.streetAddress "your home"}}',
      preheader: "I'm an agent, and I'm not writing to talk you out of it.",
      bodyHtml: buildOwnerLetter(
        'I saw that you\'re selling {{default property.streetAddress "your home"}} yourself. Plenty of people do it well.',
        "I'm an agent, and I'm not writing to talk you out of it. How has the response been so far?",
      ),
      bodyText: "",
    },
    {
      name: "Paperwork",
      delayDays: 3,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: "The paperwork, before you need it",
      preheader: "A plain checklist of what's needed and when. It doesn't commit you to anything.",
      bodyHtml: buildOwnerLetter(
        "The part that most often holds up a sale by owner is the paperwork after the offer: the disclosures your state asks for, the deposit, and the dates for inspection and closing.",
        "I can send you a plain checklist of what's needed and when. It doesn't commit you to anything.",
        "Would you like one?",
      ),
      bodyText: "",
    },
    {
      name: "Price check",
      delayDays: 4,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'A price check for {{default property.streetAddress "your home"}}',
      preheader: "What closed in the last six months, with prices and dates.",
      bodyHtml: buildOwnerLetter(
        'Buyers who come without an agent have usually looked up what sold near {{default property.streetAddress "your home"}} before they make an offer. It helps to have the same numbers in hand.',
        "I can send you the closed sales from the last six months, with prices and dates. Should I?",
      ),
      bodyText: "",
    },
    {
      name: "Check-in",
      delayDays: 7,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Any luck with {{default property.streetAddress "the sale"}}?',
      preheader: "If you have a buyer, congratulations. If it's been slow, one last thought.",
      bodyHtml: buildOwnerLetter(
        "It's been two weeks since I first wrote, so I'll leave it at this. If you have a buyer, congratulations.",
        "If it's been slower than you hoped, would it help to talk through what an agent would do, and what it would cost, so you can compare?",
      ),
      bodyText: "",
    },
  ],
};
