import type { HoldReason, PauseReason, SkipReason, StopReason } from "../vocabulary.ts";

/**
 * One text for each reason of the vocabulary, in one language. A table that lacks a reason does not compile.
 * The API and the tab show the same text.
 */
export type ReasonTexts = {
  /** Why a recipient gets no more email. */
  stop: Readonly<Record<StopReason, string>>;
  /** Why one step of the sequence was left out. */
  skip: Readonly<Record<SkipReason, string>>;
  /** Why a campaign paused by itself. */
  pause: Readonly<Record<PauseReason, string>>;
  /** Why nothing goes to a recipient right now. */
  hold: Readonly<Record<HoldReason, string>>;
  /** The hold reason `inOtherCampaign` with the name of that campaign. */
  inOtherCampaign: {
    /** The other campaign writes to the same person. */
    person(campaignName: string): string;
    /** The other campaign writes to another person at the same property. */
    property(campaignName: string): string;
  };
};
