import type { AgentAnswer } from "../../shared/answer.ts";
import type { AnswerStatus, SettlingOutcome } from "../../shared/vocabulary.ts";
import { say, translatedTable } from "./say.ts";

/* The texts for the outcomes of replies. The types require a text for every outcome. */

/** The outcomes that an agent can choose for a reply, in the order of the buttons. */
export const outcomeChoices: readonly SettlingOutcome[] = [
  "interested",
  "appointment",
  "notNow",
  "alreadyListed",
  "wrongPerson",
  "noMore",
];

/** The stages that may follow an outcome on the way to a sale. */
export const nextStages: Partial<Record<SettlingOutcome, readonly SettlingOutcome[]>> = {
  interested: ["appointment", "listing"],
  appointment: ["listing"],
};

/** The outcomes that change what the office may do about a home, and not only about a person. */
export const outcomesAboutHome: readonly SettlingOutcome[] = ["alreadyListed", "wrongPerson", "notSelling"];

/** The texts that describe the effect of each outcome. */
export const outcomeEffectTexts = translatedTable<SettlingOutcome>({
  interested: "Marked as interested. The sequence won’t send anything else.",
  appointment: "Noted as an appointment. The sequence won’t send anything else.",
  listing: "Noted as a signed listing. The sequence won’t send anything else.",
  notNow: "Marked as not now.",
  alreadyListed: "Noted as listed. Nobody here will be asked to list it.",
  wrongPerson: "Noted. This address won’t be emailed about this property.",
  noMore: "Noted. Your office won’t email them again.",
  notSelling: "Noted. Your office won’t email anyone here until it’s sold.",
});

export const outcomeLabels = translatedTable<SettlingOutcome>({
  interested: "Interested",
  appointment: "Appointment",
  listing: "Listing signed",
  notNow: "Not now",
  alreadyListed: "Already listed",
  wrongPerson: "Wrong person",
  noMore: "No more emails",
  notSelling: "Not selling",
});

export const answerStatusTexts = translatedTable<AnswerStatus>({
  sending: "Sending now",
  sent: "Sent~one",
  failed: "Your answer wasn’t sent.",
  probablySent: "Probably sent. The email service didn’t confirm it",
});

/** Returns the line above an agent's answer: "Alex Morgan answered on Dec 7". */
export const formatAnswerLine = ({ sentBy, sentAt }: AgentAnswer, day: (iso: string) => string): string =>
  sentBy === null
    ? say("Answered on {sentAt}", { sentAt: day(sentAt) })
    : say("{sentBy} answered on {sentAt}", { sentBy, sentAt: day(sentAt) });
