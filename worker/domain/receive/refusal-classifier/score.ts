import type { OptOutMeaning } from "../opt-out.ts";
import { listFeatures, readLength, splitSentences } from "./features.ts";
import trained from "./weights.json" with { type: "json" };

/** The reading of an answer by the rules for phrases, before the classifier is asked. */
export type RuleReading = "refusal" | OptOutMeaning;

/** A line of weights.json: all features of this weight, in one string. */
const featureSeparator = "|";
/** The lowest score of an answer that is taken for a refusal. 0 would be an even chance. */
export const lowestRefusalScore = 0.4;
/** An answer with a lower score is no refusal, whatever the rules say. */
export const certainReplyScore = -4.5;
/** The smallest share of an answer's words that the classifier has to know, of all its words. */
const smallestKnownShare = 0.5;

let weights: Map<string, number> | null = null;

/**
 * Returns a score that is the higher, the more an answer sounds like a refusal. Returns `-Infinity`
 * if the classifier does not know enough of the words, as in an answer in another language.
 * A plain refusal in one sentence of a long story counts, unless another sentence opens the door.
 */
export function scoreRefusal(words: string, reading: RuleReading): number {
  const whole = scoreText(words, reading);
  const sentences = splitSentences(words.slice(0, readLength));
  if (sentences.length < 2 || !Number.isFinite(whole)) return whole;
  const parts = sentences.map((sentence) => scoreText(sentence, "none")).filter(Number.isFinite);
  if (parts.length === 0) return whole;
  return Math.max(whole, whole + Math.max(...parts) / 2 + Math.min(...parts) / 3 - 0.4);
}

function scoreText(words: string, reading: RuleReading): number {
  weights ??= readWeights();
  const features = listFeatures(words);
  features.add(toRuleFeature(reading));
  let sum = 0;
  let single = 0;
  let known = 0;
  for (const feature of features) {
    const weight = weights.get(feature);
    sum += weight ?? 0;
    if (!/^[a-z']+$/i.test(feature)) continue;
    single += 1;
    if (weight !== undefined) known += 1;
  }
  if (known < single * smallestKnownShare) return Number.NEGATIVE_INFINITY;
  return trained.bias + (sum * trained.unit) / normalize(features.size);
}

/** Returns the number by which an answer's sum is divided, so that a long answer gains nothing. */
export const normalize = (features: number): number => Math.sqrt(features + 1);

export const toRuleFeature = (reading: RuleReading): string => `rules: ${reading}`;

function readWeights(): Map<string, number> {
  return new Map(
    Object.entries(trained.features).flatMap(([weight, features]) =>
      features.split(featureSeparator).map((feature) => [feature, Number(weight)] as const),
    ),
  );
}
