import type { Claim } from "../../shared/vocabulary.ts";
import type { PlainPhrase } from "./phrases.ts";

/**
 * The texts for each claim: its name, the condition under which it is true, and the question to an
 * admin.
 */
export const claimTexts: Record<Claim, { title: PlainPhrase; rule: PlainPhrase; question: PlainPhrase }> = {
  haveBuyer: {
    title: "“I have a buyer”",
    rule: "A real person who is looking for a home like this now.",
    question: "Which buyer, and how does the office know?",
  },
  numberOne: {
    title: "“#1” and other ranks",
    rule: "A rank that a named source confirms, for a stated area and period.",
    question: "Which source, area and period?",
  },
  somethingFree: {
    title: "Something free",
    rule: "Free with no conditions and nothing to sign.",
    question: "What’s free, and for whom?",
  },
};
