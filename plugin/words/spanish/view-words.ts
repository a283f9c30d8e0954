import { campaign } from "./campaign.ts";
import { cards } from "./cards.ts";
import { launch } from "./launch.ts";
import { people } from "./people.ts";
import { recipient } from "./recipient.ts";
import { replies } from "./replies.ts";
import { sentences } from "./sentences.ts";

/** The Spanish texts of the views of campaigns and people, which are loaded on first use. */
export const viewWords = {
  ...campaign,
  ...cards,
  ...launch,
  ...people,
  ...recipient,
  ...replies,
  ...sentences,
};
