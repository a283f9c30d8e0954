import type { ListingGuardCode } from "../vocabulary.ts";

/** The facts that a sentence about a listing needs. Dates are texts formatted for a person. */
export type ListingFactsInWords = {
  /** The status in the host's word. */
  status: string;
  /** The date on which the status was first known. */
  since: string | null;
  /** The date on which the status was last known. */
  asOf: string | null;
  /** The closing date of a sale, or the expiration date of a withdrawn listing. */
  date: string | null;
};

/** The texts in one language for every verdict of the listing guard. */
export type ListingGuardTexts = Readonly<Record<ListingGuardCode, (facts: ListingFactsInWords) => string>>;

export const englishListingTexts: ListingGuardTexts = {
  listedElsewhere: ({ status, since }) =>
    since === null
      ? `This home is listed (${status}) with another brokerage.`
      : `This home has been listed (${status}) with another brokerage since ${since}.`,
  recentlySold: ({ date }) =>
    date === null
      ? "Our records show this home as sold, with no closing date."
      : `This home was sold on ${date}.`,
  officeBlocksStatus: ({ status }) => `Your office doesn’t email owners of homes that are ${status}.`,
  listingWithdrawn: ({ date }) =>
    date === null
      ? "This listing is withdrawn, but its contract may still be in force. Add the contract’s expiration date or the owner’s written release."
      : `This listing is withdrawn, but its contract runs through ${date}, unless the owner was released in writing.`,
  statusUnconfirmed: ({ status }) =>
    `The status “${status}” doesn’t say whether this home is listed. Someone has to confirm that it isn’t.`,
  statusStale: ({ status, asOf }) =>
    asOf === null
      ? `No one has checked recently whether this home is still ${status}.`
      : `This home was last reported as ${status} on ${asOf}. Someone has to confirm that it hasn’t been listed since.`,
};

/** A rule of the listing guard: its source, and the day on which the source was last read. */
export type RuleSource = { source: string; checkedOn: string };

const nar = "NAR Code of Ethics, Article 16";
const checkedOn = "2026-11-29";

export const listingRuleSources: Readonly<Record<ListingGuardCode, RuleSource>> = {
  listedElsewhere: {
    source: `${nar}, Standards of Practice 16-2 and 16-4; RESO Data Dictionary 2.1`,
    checkedOn,
  },
  recentlySold: {
    source: "RESO Data Dictionary 2.1, StandardStatus Closed; the office's waiting time",
    checkedOn,
  },
  officeBlocksStatus: { source: "Your office's own setting", checkedOn },
  listingWithdrawn: { source: `${nar}; RESO Data Dictionary 2.1, StandardStatus Withdrawn`, checkedOn },
  statusUnconfirmed: { source: `${nar}, Standard of Practice 16-9`, checkedOn },
  statusStale: { source: `${nar}, Standards of Practice 16-4 and 16-9`, checkedOn },
};
