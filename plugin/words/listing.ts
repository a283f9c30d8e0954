import type { PlainPhrase } from "./phrases.ts";

/*
 * The statements about a listing that an agent can confirm. The Worker keeps these words as
 * evidence.
 */

export const notListedStatement: PlainPhrase = "I have checked: this home is not listed with any brokerage.";
export const listedStatement: PlainPhrase = "This home is listed with another brokerage.";
export const releasedStatement: PlainPhrase = "The owner was released in writing from the withdrawn listing.";
