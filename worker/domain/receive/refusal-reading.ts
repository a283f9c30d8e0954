import type { OptOutMeaning } from "./opt-out.ts";
import { isRefusalByRules } from "./refusal.ts";
import { lowestRefusalScore, scoreRefusal } from "./refusal-classifier/score.ts";

/**
 * Tells whether an answer may be a refusal, about which an agent is asked. The rules know phrases
 * in six languages. The classifier finds English refusals in words that no rule foresaw.
 * @param words the writer's own words, without quotes
 * @param subject the whole subject, with prefixes such as "Re:"
 * @param optOut the meaning of the same answer as a request to unsubscribe
 */
export function isRefusal(words: string, subject: string, optOut: OptOutMeaning): boolean {
  return isRefusalByRules(words, subject) || scoreRefusal(words, optOut) >= lowestRefusalScore;
}
