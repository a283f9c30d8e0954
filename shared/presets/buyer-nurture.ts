import type { Preset } from "../preset.ts";
import { buildPresetEmailStep, buildPresetLetterHtml } from "./letter.ts";

export const buyerNurture: Preset = {
  id: "buyerNurture",
  language: "en",
  name: "Buyer nurture",
  description: "For someone who asked about a home: six useful emails over thirty days.",
  type: "buyerNurture",
  steps: [
    buildPresetEmailStep({
      name: "Hello",
      delayDays: 0,
      subject: 'Your home search in {{default property.city "the area"}}',
      preheader: "Thanks for getting in touch. One question, so that I only send what's worth your time.",
      bodyHtml: buildPresetLetterHtml(
        'Thanks for getting in touch about {{default property.streetAddress "a home"}}. I\'m glad to help, whether you buy next month or next year.',
        "I'd rather send you three homes that fit than thirty that don't. So that I only send what's worth your time: what are the two or three things your next home has to have?",
      ),
    }),
    buildPresetEmailStep({
      name: "Before the first showing",
      delayDays: 3,
      subject: "Three things to know before you tour",
      preheader: "The roof and heating, what it costs each month, and whether the price has moved.",
      bodyHtml: buildPresetLetterHtml(
        "Before you see a home in person, three things are worth finding out: how old the roof and heating are, what taxes, insurance and any association dues add each month, and whether the price has moved since it was listed.",
        "I can find out all three for any home you like. Is there one you'd like me to start with?",
      ),
    }),
    buildPresetEmailStep({
      name: "Financing",
      delayDays: 4,
      subject: "What you can spend, before you fall for a house",
      preheader: "A lender's written pre-approval first, and why I'd compare two of them.",
      bodyHtml: buildPresetLetterHtml(
        "The buyers who have the easiest time get a lender's written pre-approval before they tour. It tells you the monthly payment, not just the price, and sellers take an offer more seriously with one attached.",
        "Compare at least two lenders; rates and fees differ more than people expect.",
        "Have you talked with a lender yet, or would a few names to compare help?",
      ),
    }),
    buildPresetEmailStep({
      name: "What you have seen so far",
      delayDays: 7,
      subject: "Seen anything you liked?",
      preheader: "Which home came closest for you, and what you would have changed about it.",
      bodyHtml: buildPresetLetterHtml(
        "By now, most people have seen at least one home that was close, in person or online, and know exactly what was wrong with it.",
        "Tell me about it in a line or two; it helps me more than any search filter, and I'll look for the next ones with it in mind. Which one came closest, and what would you have changed?",
      ),
    }),
    buildPresetEmailStep({
      name: "How an offer works",
      delayDays: 8,
      subject: "How an offer works, in four lines",
      preheader: "What you decide, what the seller can answer, and how long it all takes.",
      bodyHtml: buildPresetLetterHtml(
        "When the right one comes up there's rarely much time, so here is the short version now.",
        "You decide on a price and what it depends on, usually financing and an inspection. A deposit goes with it. The seller accepts, declines or counters. Once you agree, inspections and the loan take about a month or two.",
        "Which part of that would you like to go through before it's real?",
      ),
    }),
    buildPresetEmailStep({
      name: "Check-in",
      delayDays: 8,
      subject: "Still looking?",
      preheader: "Plans change, and it's fine if yours have.",
      bodyHtml: buildPresetLetterHtml(
        "It's been a while since we first wrote about homes in {{default property.city \"the area\"}}. Plans change, and it's fine if yours have.",
        "If you're still looking, I'll go on sending what fits. If you'd rather wait, name a month and I'll be in touch then. Should I keep sending things your way?",
      ),
    }),
  ],
};
