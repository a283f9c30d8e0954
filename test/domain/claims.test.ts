import { describe, expect, it } from "vitest";
import { englishPresets } from "../../shared/presets/presets.ts";
import type { LetterClaim } from "../../shared/vocabulary.ts";
import { findClaims } from "../../worker/domain/template/claims.ts";

const claimed: Record<LetterClaim, string[]> = {
  haveBuyer: [
    "I have a buyer for your street.",
    "I have buyers.",
    "I’ve got a serious cash buyer who wants three bedrooms.",
    "We have several qualified buyers looking nearby.",
    "We currently have 12 pre-approved buyers.",
    "I'm working with a buyer who would love your home.",
    "I represent a buyer.",
    "My buyers are looking for a place like yours.",
    "Our clients are very interested in your street.",
    "There is a buyer for your home.",
    "Buyers waiting!",
    "We already have two buyers lined up.",
    "I have someone who wants to buy your home.",
    "I have a client who wants to buy on your street.",
    "I’ve got clients looking for a home like yours.",
    "I've a family who would love to move to your street.",
    "I am working with a couple looking to buy here.",
    "A buyer asked me about your street.",
    "Got a buyer for you",
  ],
  numberOne: [
    "I'm the #1 agent in Denver.",
    "We are the No. 1 team in the county.",
    "Ranked number one three years in a row.",
    "The area’s number-one brokerage.",
    "#1 Realtor in Aurora",
    "A top-producing agent writes to you.",
    "We are the city's leading brokerage.",
    "Your best local realtor",
    "We’re #1",
    "We're No. 1",
    "Denver's #1",
    "Nº 1 agent",
    "The №1 team",
    "Numero uno agent",
    "Ranked first in Denver",
    "Voted best realtor",
  ],
  somethingFree: [
    "Get a free home valuation.",
    "I'd send you a free, no-obligation market analysis.",
    "FREE CMA",
    "A free one-page report",
    "It's yours for free.",
    "We stage your home at no cost.",
    "A complimentary consultation",
    "Photos are included free of charge.",
    "It’s absolutely free.",
    "A no-cost estimate",
    "A valuation, free.",
    "A free-of-charge visit",
    "It costs you nothing.",
    "It won’t cost you a dime.",
    "A cost-free estimate",
    "Get your home's value free",
    "Free moving truck for every seller",
  ],
};

const notClaimed = [
  "Feel free to call me.",
  "Please feel free to ask for a report.",
  "I'm free Tuesday for a walk-through.",
  "Are you free this week?",
  "The home is yours free and clear.",
  "A smoke-free home",
  "Call toll free.",
  "A stress-free consultation",
  "Free up some time",
  "If you have a buyer, congratulations.",
  "If I ever have a buyer, I'll call.",
  "Once we have a buyer, the paperwork begins.",
  "What a buyer would pay depends on the roof.",
  "The buyers who have the easiest time get a pre-approval.",
  "I can help you find a buyer for your home.",
  "I know how buyers think.",
  "12 Elm St, Unit #1",
  "Apt #1, 40 Pine St",
  "Our number one priority is a smooth closing.",
  "The number one reason homes sit is price.",
  "Top schools nearby",
  "#10 on the list",
  "It's one of three things.",
  "The best time to sell",
  "I have clients who sold on your street.",
  "I have clients looking to sell.",
  "I have people who can paint the house.",
  "I know someone who would love to paint your house.",
  "The report, free of errors, took a week.",
  "A buyer may ask for repairs.",
];

describe("a claim that the office must be able to prove", () => {
  const cases = Object.entries(claimed).flatMap(([claim, texts]) => texts.map((text) => [claim, text]));

  it.each(cases)("is found as %s in: %s", (claim, text) => {
    expect([...new Set(findClaims(text ?? "").map((found) => found.claim))]).toEqual([claim]);
  });

  it.each(notClaimed)("is not found in: %s", (text) => expect(findClaims(text)).toEqual([]));

  it("is not made by any preset", () => {
    const texts = englishPresets.flatMap(({ steps }) =>
      steps.flatMap(({ subject, preheader, bodyHtml }) => [subject, preheader, bodyHtml]),
    );
    expect(texts.filter((text) => findClaims(text).length > 0)).toEqual([]);
  });

  it("is found in time that grows in proportion to the text", () => {
    for (const text of ["i have a ", "free home market ", "my cash ", "the #1 ", "we ", "a an the "]) {
      const startedAt = performance.now();
      findClaims(text.repeat(10_000));
      expect(performance.now() - startedAt, text).toBeLessThan(2000);
    }
  });
});
