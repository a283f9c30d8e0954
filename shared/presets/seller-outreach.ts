import type { Preset } from "../preset.ts";
import { buildOwnerLetter } from "./letter.ts";

export const sellerOutreach: Preset = {
  id: "sellerOutreach",
  name: "Seller outreach",
  description:
    "Asks an owner whether they would think of selling: three emails in a week, ends when they answer.",
  type: "sellerOutreach",
  steps: [
    {
      name: "First question",
      delayDays: 0,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Question about {{default property.streetAddress "your home"}}',
      preheader: "A short question, and a one-word answer is fine.",
      bodyHtml: buildOwnerLetter(
        'I work with owners in {{default property.city "your area"}} and wanted to ask you directly about {{default property.streetAddress "your home"}}.',
        "Have you thought about selling in the next year or so?",
        "A one-word answer is fine. If it's a no, I won't keep writing.",
      ),
      bodyText: "",
    },
    {
      name: "Offer of a price range",
      delayDays: 3,
      delayHours: 0,
      sendTimeHour: null,
      conditions: { previousOpened: true },
      startsThread: false,
      subject: 'What {{default property.streetAddress "your home"}} might sell for',
      preheader: "One page of recent sales, and where I think yours would land. No visit needed.",
      bodyHtml: buildOwnerLetter(
        'I can put together a one-page price range for {{default property.streetAddress "your home"}}: the most recent comparable sales, what each closed at, and where I think yours would land.',
        "There's no visit and nothing to sign. I'd just email it to you.",
        "Would that be useful?",
      ),
      bodyText: "",
    },
    {
      name: "Last note",
      delayDays: 4,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'Last note about {{default property.streetAddress "your home"}}',
      preheader: "I won't keep writing. If anything changes, a reply comes straight to me.",
      bodyHtml: buildOwnerLetter(
        "I haven't heard back about {{default property.streetAddress \"your home\"}}, so I'll take it that now isn't the time and stop here.",
        "If that changes, this month or in three years, reply to this email and it will come straight to me.",
        "Is there a time of year when it would make sense for me to check in again?",
      ),
      bodyText: "",
    },
  ],
};
