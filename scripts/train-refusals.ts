import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interpretOptOut } from "../worker/domain/receive/opt-out.ts";
import { isRefusalByRules } from "../worker/domain/receive/refusal.ts";
import { listFeatures } from "../worker/domain/receive/refusal-classifier/features.ts";
import { toRuleFeature } from "../worker/domain/receive/refusal-classifier/score.ts";
import { trainWeights } from "./logistic-regression.ts";

/*
 * Trains the classifier of refusals from the answers in refusal-training/ and writes weights.json.
 * The result is the same on each run. Run this script after a change of the answers, of the
 * features or of the rules.
 */
const folder = join(import.meta.dirname, "refusal-training");
const target = join(import.meta.dirname, "../worker/domain/receive/refusal-classifier/weights.json");
/** The most features that are kept. More features made no difference for unseen answers. */
const keptFeatures = 8000;
/** The weight that the number 1 stands for in weights.json. */
const unit = 0.05;

const texts = ["refusals", "near-misses"].map((name) => readFileSync(join(folder, `${name}.txt`), "utf8"));
const rows = texts.flatMap((text, index) =>
  text.split("\n").flatMap((line) => (line === "" ? [] : [toRow(line, index === 0)])),
);
const { bias, features } = trainWeights(rows);
const kept = features
  .filter(({ count, name }) => count > 1 && !/^rules: (?:refusal|optOut)$/.test(name))
  .sort((a, b) => importance(b) - importance(a) || (a.name < b.name ? -1 : 1))
  .slice(0, keptFeatures);
const byWeight = new Map<number, string[]>();
for (const { name, weight } of kept) {
  const rounded = Math.round(weight / unit);
  if (rounded !== 0) byWeight.set(rounded, [...(byWeight.get(rounded) ?? []), name]);
}
const trainedFrom = createHash("sha256").update(texts.join()).digest("hex");
const lists = [...byWeight]
  .sort(([a], [b]) => b - a)
  .map(([weight, list]) => [String(weight), list.sort().join("|")] as const);
writeFileSync(
  target,
  `${JSON.stringify({ trainedFrom, bias: Math.round(bias * 1000) / 1000, unit, features: Object.fromEntries(lists) }, null, 2)}\n`,
);
console.log(`${target}: ${rows.length} answers, ${kept.length} features`);

function toRow(text: string, isPositive: boolean) {
  const subject = "Re: Your house";
  const reading = isRefusalByRules(text, subject) ? "refusal" : interpretOptOut(text, subject);
  return { features: [...listFeatures(text), toRuleFeature(reading)], isPositive };
}

function importance({ weight, count }: { weight: number; count: number }): number {
  return Math.abs(weight) * Math.sqrt(count);
}
