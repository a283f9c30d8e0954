import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "labelled");

/**
 * Tells whether this set of labelled answers exists. The sets by authors who had not seen the rules
 * may be missing.
 */
export function hasLabelledAnswers(name: string): boolean {
  return existsSync(join(folder, `${name}.jsonl`));
}

export function loadLabelledAnswers<Row>(name: string): Row[] {
  const lines = readFileSync(join(folder, `${name}.jsonl`), "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line): Row => JSON.parse(line));
}

export type RuleScore = { precision: number; recall: number; wrong: string[] };

/**
 * Compares the results of a rule (`isFound`) with the labels (`isPositive`). Returns the rule's
 * precision and recall, and in `wrong` each row for which the rule and the label differ.
 */
export function scoreRule<Row>(
  rows: readonly Row[],
  isPositive: (row: Row) => boolean,
  isFound: (row: Row) => boolean,
): RuleScore {
  const found = rows.filter(isFound);
  const positive = rows.filter(isPositive);
  const both = found.filter(isPositive).length;
  const wrong = rows.filter((row) => isFound(row) !== isPositive(row)).map((row) => JSON.stringify(row));
  return { precision: both / found.length, recall: both / positive.length, wrong };
}

export function printRuleScore(name: string, rows: number, { precision, recall, wrong }: RuleScore): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.info(`${name}: ${rows} texts, precision ${percent(precision)}, recall ${percent(recall)}`);
  for (const row of wrong) console.info(`  read otherwise: ${row}`);
}
