import type { LetterClaim } from "../../shared/vocabulary.ts";
import type { PlainPhrase } from "./phrases.ts";

/**
 * The texts for each claim that a letter can make: the claim's name, the rule for making the claim,
 * and the question to an admin.
 */
export const letterClaimTexts: Record<
  LetterClaim,
  { title: PlainPhrase; rule: PlainPhrase; question: PlainPhrase }
> = {
  haveBuyer: {
    title: "“I have a buyer”",
    rule: "A real person who’s looking for a home like this right now.",
    question: "Which buyer, and how does your office know about them?",
  },
  numberOne: {
    title: "“#1” and other rankings",
    rule: "A ranking confirmed by a named source, for a specific area and time period.",
    question: "What source, area, and time period?",
  },
  somethingFree: {
    title: "Something free",
    rule: "Free, with no strings attached and nothing to sign.",
    question: "What’s free, and who is it for?",
  },
};
