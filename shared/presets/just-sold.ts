import type { Preset } from "../preset.ts";
import { nearbySaleVariablePath } from "../words/nearby-sale.ts";
import { buildPresetLetterHtml, buildPresetThread, streetAddressText } from "./letter.ts";

export const justSold: Preset = {
  id: "justSold",
  language: "en",
  name: "Just sold nearby",
  description:
    "Tells an owner of a sale near theirs, by your part in it, and offers the figures: three emails in a month.",
  type: "sellerOutreach",
  steps: buildPresetThread(`A home near ${streetAddressText} sold`, [
    {
      name: "The news",
      delayDays: 0,
      preheader: "A sale that close tends to matter for what yours is worth.",
      bodyHtml: buildPresetLetterHtml(
        `{{${nearbySaleVariablePath}}} It isn't far from ${streetAddressText}, and a sale that close tends to matter for what yours is worth.{{#if property.livingArea}} Yours has {{property.livingArea}} square feet on record, so the two can be compared.{{/if}}`,
        "I can tell you what it sold for, how long it took and what the buyers looked at, in a few lines by email.",
        "Would you like to know?",
      ),
    },
    {
      name: "What it means for yours",
      delayDays: 3,
      preheader: "One sale is only one number. Here is how I'd work out yours.",
      bodyHtml: buildPresetLetterHtml(
        "One sale is only one number. Size, condition and the lot all move it up or down.",
        `If you tell me what has been changed at ${streetAddressText}, I can work out a fair range for it and email it to you. It takes me about a day, and there's nothing to sign.`,
        "Has any larger work been done on it?",
      ),
    },
    {
      name: "Last note",
      delayDays: 25,
      preheader: "Some weeks have passed since that sale, so I'll leave it at this.",
      bodyHtml: buildPresetLetterHtml(
        `Some weeks have passed since I wrote about the sale near ${streetAddressText}, so this is my last note about it.`,
        "If you ever wonder what a sale nearby means for yours, reply to this email and it comes straight to me. I keep the closed sales at hand, with prices and dates.",
        "Is there anything about them you'd like to know now?",
      ),
    },
  ]),
};
