import type { Preset } from "../preset.ts";
import { letter } from "./letter.ts";

export const buyerNurture: Preset = {
  id: "buyerNurture",
  name: "Buyer nurture",
  description: "Keeps up with somebody who asked about a home: six useful emails over thirty days.",
  type: "buyerNurture",
  steps: [
    {
      name: "Hello",
      delayDays: 0,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      subject: 'Your home search in {{default property.city "the area"}}',
      bodyHtml: letter(
        'Thanks for getting in touch about {{default property.streetAddress "a home"}}. I\'m glad to help, whether you buy next month or next year.',
        "So that I only send what's worth your time: what are the two or three things your next home has to have?",
      ),
      bodyText: "",
    },
    {
      name: "Before the first showing",
      delayDays: 2,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      subject: "Three things to know before you tour",
      bodyHtml: letter(
        "Before you see a home in person, three things are worth finding out: how old the roof and heating are, what taxes, insurance and any association dues add each month, and whether the price has moved since it was listed.",
        "I can find out all three for any home you like. Is there one you'd like me to start with?",
      ),
      bodyText: "",
    },
    {
      name: "Financing",
      delayDays: 5,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      subject: "What you can spend, before you fall for a house",
      bodyHtml: letter(
        "The buyers who have the easiest time get a lender's written pre-approval before they tour. It tells you the monthly payment, not just the price, and sellers take an offer more seriously with one attached.",
        "Compare at least two lenders; rates and fees differ more than people expect.",
        "Have you talked with a lender yet, or would a few names to compare help?",
      ),
      bodyText: "",
    },
    {
      name: "What you have seen so far",
      delayDays: 7,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      subject: "Seen anything you liked?",
      bodyHtml: letter(
        "Two weeks in, most people have seen at least one home that was close, and know exactly what was wrong with it.",
        "Which one came closest for you, and what would you have changed about it? That helps me more than any search filter.",
      ),
      bodyText: "",
    },
    {
      name: "How an offer works",
      delayDays: 8,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      subject: "How an offer works, in four lines",
      bodyHtml: letter(
        "When the right one comes up there's rarely much time, so here is the short version now.",
        "You decide on a price and what it depends on, usually financing and an inspection. A deposit goes with it. The seller accepts, declines or counters. Once you agree, inspections and the loan take about a month or two.",
        "Which part of that would you like to go through before it's real?",
      ),
      bodyText: "",
    },
    {
      name: "Check-in",
      delayDays: 8,
      delayHours: 0,
      sendTimeHour: null,
      conditions: {},
      subject: "Still looking?",
      bodyHtml: letter(
        "It's been about a month since you first looked at homes in {{default property.city \"the area\"}}. Plans change, and it's fine if yours have.",
        "Should I keep sending things your way, or is it better to pick this up later in the year?",
      ),
      bodyText: "",
    },
  ],
};
