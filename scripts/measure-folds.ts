import { lowestRefusalScore, normalize } from "../worker/domain/receive/refusal-classifier/score.ts";
import { trainWeights } from "./logistic-regression.ts";
import type { AnswerRow } from "./refusal-rows.ts";

const folds = 6;

/**
 * Prints precision and recall for answers whose theme or writer the training has not seen. Each
 * theme and each labeled set is in one fold, so that no answer is measured by its own neighbors.
 */
export function printFolds(rows: readonly AnswerRow[]): void {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const foldOf = new Map(groups.map((group, index) => [group, index % folds]));
  let hits = 0;
  let found = 0;
  let wanted = 0;
  for (let fold = 0; fold < folds; fold += 1) {
    const score = trainScore(rows.filter(({ group }) => foldOf.get(group) !== fold));
    const held = rows.filter(({ group }) => foldOf.get(group) === fold);
    for (const row of held) {
      const isFound = row.isOptOut || row.isRefusalByRules || score(row) >= lowestRefusalScore;
      if (isFound) found += 1;
      if (row.isPositive) wanted += 1;
      if (isFound && row.isPositive) hits += 1;
    }
    console.log(`fold ${fold + 1}: ${held.length} answers`);
  }
  console.log(`precision ${percent(hits, found)}, recall ${percent(hits, wanted)} of ${rows.length} answers`);
}

function trainScore(rows: readonly AnswerRow[]): (row: AnswerRow) => number {
  const { bias, features } = trainWeights(rows);
  const weights = new Map(features.map(({ name, weight }) => [name, weight]));
  return ({ features: names }) =>
    bias + names.reduce((sum, name) => sum + (weights.get(name) ?? 0), 0) / normalize(names.length);
}

const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;
