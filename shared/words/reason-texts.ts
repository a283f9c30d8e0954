import type { HoldReason, PauseReason, SkipReason, StopReason } from "../vocabulary.ts";

/**
 * The texts in one language for every reason of the vocabulary. A table that lacks a reason does
 * not compile. The API and the tab show the same text.
 */
export type ReasonTexts = {
  /** Why a recipient gets no more email. */
  stop: Readonly<Record<StopReason, string>>;
  /** Why one step of the sequence was skipped. */
  skip: Readonly<Record<SkipReason, string>>;
  /** Why a campaign paused by itself. */
  pause: Readonly<Record<PauseReason, string>>;
  /** Why a recipient gets no email right now. */
  hold: Readonly<Record<HoldReason, string>>;
  /** The hold reason `inOtherCampaign`, with the name of the other campaign. */
  inOtherCampaign: {
    /** The other campaign writes to the same person. */
    person(campaignName: string): string;
    /** The other campaign writes to another person at the same property. */
    property(campaignName: string): string;
  };
};
