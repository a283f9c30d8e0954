import type { PlainPhrase } from "./phrases.ts";

/* The agents' own statements about listings. The Worker keeps these words as evidence. */

export const notListedStatement: PlainPhrase = "I have checked: this home is not listed with any brokerage.";
export const listedStatement: PlainPhrase = "This home is listed with another brokerage.";
export const releasedStatement: PlainPhrase = "The owner was released in writing from the withdrawn listing.";
