import type { Preset } from "../preset.ts";
import { buildPresetLetterHtml, buildPresetThread, streetAddressText } from "./letter.ts";

export const fsbo: Preset = {
  id: "fsbo",
  language: "en",
  name: "For sale by owner",
  description: "Offers help to an owner who is selling without an agent: three emails in ten days.",
  type: "sellerOutreach",
  steps: buildPresetThread(`The sale of ${streetAddressText}`, [
    {
      name: "How is it going?",
      delayDays: 0,
      preheader: "I'm an agent, and I'm not writing to talk you out of it.",
      bodyHtml: buildPresetLetterHtml(
        `I saw that ${streetAddressText} is for sale by its owner.{{#if property.bedroomsTotal}} The records show {{property.bedroomsTotal}} bedrooms, in case yours says otherwise.{{/if}} Plenty of owners do it well.`,
        "I'm an agent, and I'm not writing to talk you out of it. If a question comes up along the way, about a form, an offer or a date, I'm glad to answer it by email.",
        "How has the response been so far?",
      ),
    },
    {
      name: "Paperwork",
      delayDays: 3,
      preheader: "A plain checklist of what's needed and when. It doesn't commit you to anything.",
      bodyHtml: buildPresetLetterHtml(
        "What often holds up a sale by owner is the paperwork after the offer: the disclosures your state asks for, the deposit, and the dates for inspection and closing.",
        `I can send you a plain checklist for ${streetAddressText}, with what's needed and when. It doesn't commit you to anything.`,
        "Would you like one?",
      ),
    },
    {
      name: "Last note",
      delayDays: 7,
      preheader: "If you have a buyer, congratulations. If it's been slow, one last thought.",
      bodyHtml: buildPresetLetterHtml(
        `I haven't heard back about ${streetAddressText}, so I'll leave it at this. If you have a buyer, congratulations.`,
        "If it's been slower than you hoped, I can write down what an agent would do from here and what it would cost, so that you can compare the two side by side.",
        "Would that help?",
      ),
    },
  ]),
};
