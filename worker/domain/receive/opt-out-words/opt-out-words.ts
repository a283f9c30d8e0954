/**
 * The phrases of one language in which people ask for no more emails. All are folded: lower case,
 * without accents.
 */
export type OptOutWords = {
  /** A request has at least one of these phrases. */
  requests: RegExp;
  /** A request that is refused again, such as "do not remove me". */
  refusedRequests: RegExp;
  /** A request has no word but these, which keeps out "remove me from the photos". */
  vocabulary: ReadonlySet<string>;
  /** Further words of requests, in all their forms. */
  stems: RegExp;
  /** A request with one of these words names the writer or the emails, and needs no context. */
  explicit: RegExp;
  /** These phrases are a request whatever other words stand in the clause, except limits. */
  unmistakable: RegExp;
  /** A request with these phrases names both the writer and the emails; one word may be strange. */
  emails: RegExp;
  /** A clause that adds nothing to a request: a greeting, thanks, or a plain refusal to sell. */
  asides: RegExp;
  /** A clause that asks for something else, or limits the request. */
  limits: RegExp;
  /** Times and people that limit a request, and say nothing in another clause. */
  times: RegExp;
  /** Joins two clauses. */
  conjunction: RegExp;
};

/** Returns the words of a list that is separated by blanks. */
export function listWords(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter(Boolean));
}
