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

export const englishListingTexts: Readonly<Record<ListingGuardCode, (facts: ListingFactsInWords) => string>> =
  {
    listedElsewhere: ({ status, since }) =>
      since === null
        ? `This home is listed (${status}) with another brokerage.`
        : `This home has been listed (${status}) with another brokerage since ${since}.`,
    recentlySold: ({ date }) =>
      date === null
        ? "This home is shown as sold, without a closing date."
        : `This home was sold on ${date}.`,
    officeBlocksStatus: ({ status }) => `Your office does not write to owners of homes that are ${status}.`,
    listingWithdrawn: ({ date }) =>
      date === null
        ? "This listing is withdrawn, but its contract may still run. It needs an expiration date or a written release."
        : `This listing is withdrawn, but its contract runs until ${date}, unless the owner was released in writing.`,
    statusUnconfirmed: ({ status }) =>
      `The status “${status}” does not say whether this home is listed. Somebody has to confirm that it is not.`,
    statusStale: ({ status, asOf }) =>
      asOf === null
        ? `Nobody has checked lately whether this home is still ${status}.`
        : `This home was last known to be ${status} on ${asOf}. Somebody has to check that it has not been listed since.`,
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
