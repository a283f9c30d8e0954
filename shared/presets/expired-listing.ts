import type { Preset } from "../preset.ts";
import { buildPresetLetterHtml, buildPresetThread, streetAddressText } from "./letter.ts";

export const expiredListing: Preset = {
  id: "expiredListing",
  language: "en",
  name: "Expired listing",
  description: "For an owner whose listing ended without a sale: three emails in ten days.",
  type: "sellerOutreach",
  steps: buildPresetThread(`The listing of ${streetAddressText}`, [
    {
      name: "Still hoping to sell?",
      delayDays: 0,
      preheader: "I know how much work goes into getting that far.",
      bodyHtml: buildPresetLetterHtml(
        `I saw that the listing of ${streetAddressText} ended without a sale. I know how much work goes into getting that far.{{#if property.bedroomsTotal}} The records show {{property.bedroomsTotal}} bedrooms; tell me if the listing left something out.{{/if}}`,
        "I'm not asking for an appointment, and I won't guess at the reason without having looked at it properly.",
        "Are you still hoping to sell, or have you made other plans by now?",
      ),
    },
    {
      name: "Why it may not have sold",
      delayDays: 3,
      preheader: "It's often one of three things, and I'd tell you plainly which I think it was.",
      bodyHtml: buildPresetLetterHtml(
        "When a home doesn't sell it's often one of three things: the price against what else buyers could choose, how it looked online, or how easy it was to get in to see it.",
        `I'd be glad to go through the old listing of ${streetAddressText} and tell you plainly which I think it was. It's a page of notes, and it's yours to keep whoever you list with.`,
        "Shall I send it?",
      ),
    },
    {
      name: "Last note",
      delayDays: 7,
      preheader: "If you decide to try again, I'll send you the sales as they stand then.",
      bodyHtml: buildPresetLetterHtml(
        `I haven't heard from you, so this is my last note about ${streetAddressText}.`,
        "If you decide to try again, I'd change the first two weeks: new photos, a price set against the homes that did sell, and showings planned for the first weekend. A reply here is enough, and I'll send you the sales as they stand then.",
        "Is there a season you have in mind?",
      ),
    },
  ]),
};
