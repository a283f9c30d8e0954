import { interpretOptOut } from "../worker/domain/receive/opt-out.ts";
import { isRefusalByRules } from "../worker/domain/receive/refusal.ts";
import { listFeatures } from "../worker/domain/receive/refusal-classifier/features.ts";
import { toRuleFeature } from "../worker/domain/receive/refusal-classifier/score.ts";
import type { TrainingRow } from "./logistic-regression.ts";
import { createRandom } from "./random.ts";
import { readSurroundings, type TrainingAnswer } from "./refusal-answers.ts";

/** An answer with its features, and what the rules say about it. */
export type AnswerRow = TrainingRow & { group: string; isOptOut: boolean; isRefusalByRules: boolean };

/** The number of copies of each answer that get a greeting, small talk or a signature. */
const copies = 2;
const subject = "Re: Your house";

/**
 * Returns the answers with copies of them between other sentences. Without the copies, the
 * classifier takes a refusal in a long friendly letter for small talk.
 */
export function surroundAnswers(answers: readonly TrainingAnswer[]): TrainingAnswer[] {
  const { before, after } = readSurroundings();
  const random = createRandom(7);
  const pick = (list: readonly string[]) => list[random(list.length)] ?? "";
  const some = (list: readonly string[]) => Array.from({ length: 1 + random(4) }, () => pick(list));
  const surround = ({ text, ...answer }: TrainingAnswer): TrainingAnswer => {
    const places = random(3);
    const core = /[.!?:]$/.test(text) ? text : `${text}${random(2) === 0 ? "." : "\n"}`;
    const head = places === 1 ? [] : some(before);
    const tail = places === 0 ? [] : some(after);
    return { ...answer, text: [...head, core, ...tail].join(random(2) === 0 ? "\n" : " ") };
  };
  return [...answers, ...Array.from({ length: copies }, () => answers.map(surround)).flat()];
}

/** Returns an answer's features for the training. */
export function toAnswerRow({ text, isRefusal, group }: TrainingAnswer): AnswerRow {
  const optOut = interpretOptOut(text, subject);
  const byRules = isRefusalByRules(text, subject);
  return {
    features: [...listFeatures(text), toRuleFeature(byRules ? "refusal" : optOut)],
    isPositive: isRefusal,
    group,
    isOptOut: optOut === "optOut",
    isRefusalByRules: byRules,
  };
}
