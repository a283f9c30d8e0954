import { campaignTexts } from "./campaign.ts";
import { cardTexts } from "./cards.ts";
import { launchTexts } from "./launch.ts";
import { peopleTexts } from "./people.ts";
import { recipientTexts } from "./recipient.ts";
import { homeAndReplyTexts } from "./replies.ts";
import { sentenceTexts } from "./sentences.ts";

/** The Spanish texts of the views of campaigns and people, which are loaded on first use. */
export const spanishViewTexts = {
  ...campaignTexts,
  ...cardTexts,
  ...launchTexts,
  ...peopleTexts,
  ...recipientTexts,
  ...homeAndReplyTexts,
  ...sentenceTexts,
};
