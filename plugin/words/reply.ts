import type { SettlingOutcome } from "../../shared/vocabulary.ts";

/* The texts for the outcomes of replies. The types require an entry for every outcome. */

/** The outcomes that an agent can choose with one click, in the order of the buttons. */
export const outcomeChoices: { outcome: SettlingOutcome; label: string }[] = [
  { outcome: "interested", label: "Interested" },
  { outcome: "notNow", label: "Not now…" },
  { outcome: "alreadyListed", label: "Already listed" },
  { outcome: "wrongPerson", label: "Wrong person" },
  { outcome: "noMore", label: "No more emails" },
];

/** The outcomes that say something about a home. */
export const outcomesAboutHome: readonly SettlingOutcome[] = ["alreadyListed", "wrongPerson", "notSelling"];

/** What an outcome has done. */
export const outcomeTexts: Record<SettlingOutcome, string> = {
  interested: "Marked as interested. The sequence sends nothing more.",
  notNow: "Marked as not now.",
  alreadyListed: "Noted as listed. Nobody here will be asked to list it.",
  wrongPerson: "Noted. This address won’t be emailed about this property.",
  noMore: "Noted. Your office won’t email them again.",
  notSelling: "Noted. Your office won’t email anyone here until it’s sold.",
};

export const outcomeLabels: Record<SettlingOutcome, string> = {
  interested: "Interested",
  notNow: "Not now",
  alreadyListed: "Already listed",
  wrongPerson: "Wrong person",
  noMore: "No more emails",
  notSelling: "Not selling",
};
