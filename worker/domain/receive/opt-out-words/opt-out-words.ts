/**
 * The words and phrases in which people ask, in one language, for no more emails. All words are
 * folded: lower case, without accents.
 */
export type OptOutWords = {
  /** Matches the usual phrases of a request: "remove me", "stop emailing". */
  requests: RegExp;
  /** Matches the opposite of a request, such as "do not remove me". */
  refusedRequests: RegExp;
  /**
   * The words that a request may have. A request with other words does not count: "remove me from
   * the photos".
   */
  vocabulary: ReadonlySet<string>;
  /** Matches the stems of additional words that a request may have: "remov" in "removing". */
  stems: RegExp;
  /**
   * Matches a whole sentence that is a request without the usual words: "make this your last
   * message".
   */
  roundabout: RegExp;
  /**
   * Matches a whole sentence with a verb such as "stop" and the verb's object: "stop following up".
   */
  plain: RegExp;
  /**
   * Matches a whole sentence that wishes for silence and names neither a list nor an email: "go
   * away".
   */
  silence: RegExp;
  /**
   * Matches words that name the writer or the emails. A request with such a word needs no other
   * context to count.
   */
  explicit: RegExp;
  /**
   * Matches phrases that make a clause a request, whatever other words the clause has. A clause
   * with a limit is the exception.
   */
  unmistakable: RegExp;
  /**
   * Matches phrases that name both the writer and the emails. A request with such a phrase may have
   * one word that is not in `vocabulary`.
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

/** Splits a list at its blanks. Returns each word, and also each word without doubled letters. */
export function splitWordList(list: string): ReadonlySet<string> {
  const words = list.split(/\s+/).filter(Boolean);
  return new Set([...words, ...words.map(removeDoubledLetters)]);
}

/** Returns a word without doubled letters, which hasty writers leave out or add. */
export function removeDoubledLetters(word: string): string {
  return word.replace(/([a-z])\1/g, "$1");
}
