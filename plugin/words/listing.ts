/* The agents' own statements about listings. The Worker keeps these words as evidence. */

export const notListedStatement = "I have checked: this home is not listed with any brokerage.";
export const listedStatement = "This home is listed with another brokerage.";
export const releasedStatement = "The owner was released in writing from the withdrawn listing.";
