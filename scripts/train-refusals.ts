import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TrainedFeature, trainWeights } from "./logistic-regression.ts";
import { printFolds } from "./measure-folds.ts";
import { hashTraining, readTrainingAnswers } from "./refusal-answers.ts";
import { surroundAnswers, toAnswerRow } from "./refusal-rows.ts";

/*
 * Trains the classifier of refusals from the answers in refusal-training/ and from the labeled sets
 * that have been read, and writes weights.json. The result is the same on each run. Run this script
 * after a change of the answers, of the features or of the rules. With --folds, it measures
 * instead.
 */
const target = join(import.meta.dirname, "../worker/domain/receive/refusal-classifier/weights.json");
/** The most features that are kept. More features made no difference for unseen answers. */
const keptFeatures = 9000;
/** The weight that the number 1 stands for in weights.json. */
const unit = 0.05;

const answers = surroundAnswers(readTrainingAnswers());
if (process.argv.includes("--folds")) printFolds(answers.map(toAnswerRow));
else writeWeights();

function writeWeights(): void {
  const { bias, features } = trainWeights(answers.map(toAnswerRow));
  const kept = features
    .filter(({ count, name }) => count > 1 && !/^rules: (?:refusal|optOut)$/.test(name))
    .sort((a, b) => importance(b) - importance(a) || (a.name < b.name ? -1 : 1))
    .slice(0, keptFeatures);
  const weights = {
    trainedFrom: hashTraining(),
    bias: Math.round(bias * 1000) / 1000,
    unit,
    features: listByWeight(kept),
  };
  writeFileSync(target, `${JSON.stringify(weights, null, 2)}\n`);
  console.log(`${target}: ${answers.length} answers with copies, ${kept.length} features`);
}

/** Returns the names of the features under their rounded weights, the heaviest first. */
function listByWeight(kept: readonly TrainedFeature[]): Record<string, string> {
  const byWeight = new Map<number, string[]>();
  for (const { name, weight } of kept) {
    const rounded = Math.round(weight / unit);
    if (rounded !== 0) byWeight.set(rounded, [...(byWeight.get(rounded) ?? []), name]);
  }
  const lists = [...byWeight]
    .sort(([a], [b]) => b - a)
    .map(([weight, list]) => [String(weight), list.sort().join("|")] as const);
  return Object.fromEntries(lists);
}

function importance({ weight, count }: TrainedFeature): number {
  return Math.abs(weight) * Math.sqrt(count);
}
