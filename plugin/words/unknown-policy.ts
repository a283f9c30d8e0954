import type { CampaignUnknownPolicy, UnknownPolicy } from "../../shared/vocabulary.ts";
import type { PlainPhrase } from "./phrases.ts";
import { translatedTable } from "./say.ts";

/**
 * The question above the choice of an unknown policy, which decides about an email that may or may
 * not have gone out. The office and each campaign have such a choice.
 */
export const unknownPolicyQuestion: PlainPhrase = "If we can’t tell whether an email went out";

export const unknownPolicyLabels = translatedTable<CampaignUnknownPolicy>({
  office: "Use the office’s setting",
  assumeSent: "Leave it and continue",
  resend: "Send it again",
});

export const unknownPolicyConsequences = translatedTable<UnknownPolicy>({
  assumeSent: "It’s marked “Probably sent.” A few people may never get it.",
  resend: "A few people may get the same email twice.",
});
