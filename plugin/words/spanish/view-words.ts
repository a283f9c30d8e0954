import { campaign } from "./campaign.ts";
import { cards } from "./cards.ts";
import { recipient } from "./recipient.ts";
import { sentences } from "./sentences.ts";

/** The Spanish of the views that are loaded on first use. */
export const viewWords = { ...campaign, ...cards, ...recipient, ...sentences };
