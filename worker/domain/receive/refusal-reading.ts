import type { OptOutMeaning } from "./opt-out.ts";
import { isRefusalByRules } from "./refusal.ts";
import { certainReplyScore, lowestRefusalScore, scoreRefusal } from "./refusal-classifier/score.ts";
import { maxStoredReplyLength } from "./reply-text.ts";

/**
 * Matches words that an answer repeats from our email, as in: your subject line "Don't sell yet". A
 * writer who quotes our words does not say them.
 */
const ourWords =
  /\b(?:your|the) (?:[\w'-]+ ){0,3}(?:subject(?: line)?|headline|title|e-?mail|letter|note|message|postcard|flyer|ad|line)\b[^"“”.!?\n]{0,30}["“][^"“”\n]{1,200}["”]/giu;

/** In an answer of fewer words, a phrase of the rules leaves no doubt. */
const fewestOverruledWords = 12;

/**
 * Tells whether an answer may be a refusal, about which an agent is asked. The rules know phrases
 * in six languages. The classifier finds English and Spanish refusals in words that no rule
 * foresaw, and overrules the rules if it is certain that the answer is no refusal.
 * @param words the writer's own words, without quotes
 * @param subject the whole subject, with prefixes such as "Re:"
 * @param optOut the meaning of the same answer as a request to unsubscribe
 */
export function isRefusal(words: string, subject: string, optOut: OptOutMeaning): boolean {
  const own = words.slice(0, maxStoredReplyLength).replace(ourWords, " ");
  const score = scoreRefusal(own, optOut);
  const isLong = own.split(/\s+/, fewestOverruledWords).length === fewestOverruledWords;
  const isCertainReply = isLong && Number.isFinite(score) && score < certainReplyScore;
  return score >= lowestRefusalScore || (!isCertainReply && isRefusalByRules(own, subject));
}
