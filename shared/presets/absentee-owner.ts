import type { Preset } from "../preset.ts";
import { buildPresetLetterHtml, buildPresetThread, cityText, streetAddressText } from "./letter.ts";

export const absenteeOwner: Preset = {
  id: "absenteeOwner",
  language: "en",
  name: "Absentee owner",
  description:
    "For an owner whose mail goes somewhere else: three emails in ten days about keeping or selling.",
  type: "sellerOutreach",
  steps: buildPresetThread(`Question about ${streetAddressText}`, [
    {
      name: "Keep or sell?",
      delayDays: 0,
      preheader: "A question for the owner, and a plain no is a fine answer.",
      bodyHtml: buildPresetLetterHtml(
        `I work in ${cityText}, and I'm writing to you as the owner of ${streetAddressText}.{{#if property.yearBuilt}} It was built in {{property.yearBuilt}}, if the records are right.{{/if}}`,
        "From a distance it can be hard to tell what a place would bring today. I follow the sales around it and can tell you plainly what I see.",
        "Are you planning to hold on to it, or would you consider selling at the right price?",
      ),
    },
    {
      name: "Rent or sell",
      delayDays: 3,
      preheader: "The two sides on one page: what it might rent for, and what a sale might leave.",
      bodyHtml: buildPresetLetterHtml(
        "It's rarely obvious whether keeping a place still makes sense.",
        `I can put the two sides on one page for ${streetAddressText}: what it might rent for after costs, and what a sale might leave once everything is paid. You'd have it by email, with nothing to sign.`,
        "Would you like to see it?",
      ),
    },
    {
      name: "Last note",
      delayDays: 7,
      preheader: "I'll stop here so that I don't fill your inbox.",
      bodyHtml: buildPresetLetterHtml(
        `This is my last note about ${streetAddressText}. I'll stop here so that I don't fill your inbox.`,
        "If selling ever comes up, you wouldn't need to travel for it: photos, repairs and showings can be arranged here, and most papers can be signed from anywhere.",
        "Would you like to know what it would sell for today?",
      ),
    },
  ]),
};
