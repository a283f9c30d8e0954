import type { Preset } from "../preset.ts";
import { buildOwnerLetter } from "./letter.ts";

export const justSold: Preset = {
  id: "justSold",
  name: "Just sold nearby",
  description:
    "Tells an owner that you sold a home near theirs and offers the figures: three emails in a month.",
  type: "sellerOutreach",
  steps: [
    {
      name: "The news",
      delayDays: 0,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'A home near {{default property.streetAddress "you"}} just sold',
      preheader: "A sale that close tends to matter for what yours is worth.",
      bodyHtml: buildOwnerLetter(
        'I just helped sell a home near {{default property.streetAddress "yours"}}, and a sale that close tends to matter for what yours is worth.',
        "Would you like to know what it sold for and how long it took?",
      ),
      bodyText: "",
    },
    {
      name: "What it means for yours",
      delayDays: 4,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: false,
      subject: 'What it means for {{default property.streetAddress "your home"}}',
      preheader: "One sale is only one number. Here is how I'd work out yours.",
      bodyHtml: buildOwnerLetter(
        "One sale is only one number. Size, condition and the lot all move it up or down.",
        'If you tell me what you\'ve changed since you bought, I can work out a fair range for {{default property.streetAddress "your home"}} and email it to you. Have you done any larger work on it?',
      ),
      bodyText: "",
    },
    {
      name: "Last note",
      delayDays: 24,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      startsThread: true,
      subject: 'Sales near {{default property.streetAddress "you"}} this month',
      preheader: "A month has passed since that sale, so I'll leave it at this.",
      bodyHtml: buildOwnerLetter(
        'A month has passed since that sale near {{default property.streetAddress "you"}}, so this is my last note about it.',
        "Would a short list of what has sold nearby, once or twice a year, be of use to you? If not, no need to answer.",
      ),
      bodyText: "",
    },
  ],
};
