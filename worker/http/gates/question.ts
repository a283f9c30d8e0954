import type { CampaignApproval } from "../../../shared/campaign-approval.ts";
import type { CampaignType } from "../../../shared/vocabulary.ts";
import type { StepLetter } from "../../db/campaign-letters.ts";
import type { GatedPeople } from "./people.ts";

/** The campaign about which a request asks. `approval` is the approval that the campaign has. */
export type GatedCampaign = {
  type: CampaignType;
  senderId: number;
  otherSenderIds: readonly number[];
  approval: CampaignApproval | null;
};

/**
 * The action about which a request asks the gates (checks that can forbid emails). `launch` and
 * `resume` start a campaign, and `addition` adds people to a campaign that has started. `wording`
 * changes letters of a campaign that has started. With `wording`, nobody joins, so the gates check
 * no people.
 */
export type GateQuestion = {
  campaign: GatedCampaign;
  /** The letters that will go out, with all variants and the request's personal wordings. */
  letters: readonly StepLetter[];
  /** Tells whether the campaign names a nearby sale, so that letters may tell of the sale. */
  namesSale: () => Promise<boolean>;
} & (
  | {
      action: "launch" | "resume";
      people: GatedPeople;
      /** True if the request asks to email people whom other campaigns email too. */
      ignoresCollisions: boolean;
      /** Loads the personal wordings that a draft has stored. */
      loadPersonalLetters?: () => Promise<StepLetter[]>;
    }
  | { action: "addition"; people: GatedPeople }
  | { action: "wording"; runningLetters: readonly StepLetter[] }
);
