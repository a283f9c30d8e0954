/**
 * The words and phrases in which people ask, in one language, for no more emails. All words are
 * folded: lower case, without accents.
 */
export type OptOutWords = {
  /** Matches the phrases of which every request has at least one. */
  requests: RegExp;
  /** Matches the opposite of a request, such as "do not remove me". */
  refusedRequests: RegExp;
  /**
   * The words that a request may have. A request with other words does not count: "remove me from
   * the photos".
   */
  vocabulary: ReadonlySet<string>;
  /** Matches further words that a request may have, in all forms of the words. */
  stems: RegExp;
  /** Matches a request that has none of the usual words, in a whole sentence. */
  roundabout: RegExp;
  /** Matches a request composed of a verb of ending and its object, in a whole sentence. */
  plain: RegExp;
  /** Matches a wish for silence that names neither a list nor an email, in a whole sentence. */
  silence: RegExp;
  /**
   * Matches words that name the writer or the emails. A request with such a word needs no context.
   */
  explicit: RegExp;
  /**
   * Matches phrases that are a request whatever other words the clause has, unless a limit follows.
   */
  unmistakable: RegExp;
  /**
   * Matches phrases that name both the writer and the emails. Such a request may have one word that
   * is not in `vocabulary`.
   */
  emails: RegExp;
  /**
   * Matches a clause that adds nothing to a request: a greeting, thanks, or a plain refusal to
   * sell.
   */
  asides: RegExp;
  /** Matches a clause that asks for something else, or limits the request. */
  limits: RegExp;
  /** Matches times and people that limit a request in the same clause only. */
  times: RegExp;
  /** Matches a conjunction between two clauses. */
  conjunction: RegExp;
};

/** Returns the words of a list that is separated by blanks, also without their doubled letters. */
export function splitWordList(list: string): ReadonlySet<string> {
  const words = list.split(/\s+/).filter(Boolean);
  return new Set([...words, ...words.map(removeDoubledLetters)]);
}

/** Returns a word without doubled letters, which hasty writers leave out or add. */
export function removeDoubledLetters(word: string): string {
  return word.replace(/([a-z])\1/g, "$1");
}
