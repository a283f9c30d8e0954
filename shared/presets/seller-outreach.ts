import type { Preset } from "../preset.ts";
import { buildPresetLetterHtml, buildPresetThread, cityText, streetAddressText } from "./letter.ts";

export const sellerOutreach: Preset = {
  id: "sellerOutreach",
  language: "en",
  name: "Seller outreach",
  description: "Asks an owner if they’d consider selling: three emails in a week. Stops when anyone replies.",
  type: "sellerOutreach",
  steps: buildPresetThread(`Question about ${streetAddressText}`, [
    {
      name: "First question",
      delayDays: 0,
      preheader: "A short question, and a one-word answer is fine.",
      bodyHtml: buildPresetLetterHtml(
        `I work with owners in ${cityText}, and I wanted to ask you directly about ${streetAddressText}.{{#if property.bedroomsTotal}} The records show {{property.bedroomsTotal}} bedrooms; please correct me if that has changed.{{/if}}`,
        "Have you thought about selling in the next year or so?",
        "A one-word answer is fine. If it's a no, I won't keep writing. If the timing is wrong, name a better month and I'll leave it until then.",
      ),
    },
    {
      name: "Offer of a price range",
      delayDays: 3,
      preheader: "One page of recent sales, and where I think yours would land. No visit needed.",
      bodyHtml: buildPresetLetterHtml(
        `I can put together a one-page price range for ${streetAddressText}: the most recent comparable sales, what each one closed at, and where I think yours would land.`,
        "There's no visit and nothing to sign. I'd email it to you, and what you do with it is up to you.",
        "Would that be useful?",
      ),
    },
    {
      name: "Last note",
      delayDays: 4,
      preheader: "I won't keep writing. If anything changes, a reply comes straight to me.",
      bodyHtml: buildPresetLetterHtml(
        `I haven't heard back about ${streetAddressText}, so I'll take it that now isn't the time. This is my last note about it.`,
        "If that changes, this month or in three years, reply to this email and it will come straight to me.",
        "Is there a time of year when a sale would make more sense for you?",
      ),
    },
  ]),
};
