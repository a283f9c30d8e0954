/**
 * The phrases in which people say, in one language, that they do not want to sell or to be asked.
 * All words are folded: lower case, without accents. Every pattern is tried on one clause.
 */
export type RefusalWords = {
  /** Matches a no to selling, or to the office: "not for sale", "we are staying put". */
  refusals: RegExp;
  /** Matches a clause that is nothing but a no. Such a clause counts only in a short answer. */
  plainNoes: RegExp;
  /**
   * Matches a reproach for writing at all: "how did you get my address". A reproach counts in a
   * question too.
   */
  reproaches: RegExp;
  /** Matches words that look like a no but are no refusal: "not interested in renting". */
  lookalikes: RegExp;
  /** Matches a condition, a later time, a request or an interest: "until spring", "call me". */
  openings: RegExp;
  /**
   * Matches a courtesy that shows no interest: "if that changes, we will call you", "good luck".
   */
  courtesies: RegExp;
};
