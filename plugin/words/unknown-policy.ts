import type { CampaignUnknownPolicy, UnknownPolicy } from "../../shared/vocabulary.ts";
import type { PlainPhrase } from "./phrases.ts";
import { spoken } from "./say.ts";

/** The question of the fields that choose an unknown policy, for the office and for a campaign. */
export const unknownPolicyQuestion: PlainPhrase = "If we can’t tell whether an email went out";

export const unknownPolicyLabels = spoken<CampaignUnknownPolicy>({
  office: "Use the office’s setting",
  assumeSent: "Leave it and continue",
  resend: "Send it again",
});

export const unknownPolicyConsequences = spoken<UnknownPolicy>({
  assumeSent: "It’s marked “Probably sent.” A few people may never get it.",
  resend: "A few people may get the same email twice.",
});
