import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { extractReplyText } from "../worker/domain/receive/reply-text.ts";

/** An answer of the training. Answers of one group have the same theme or the same writer. */
export type TrainingAnswer = { text: string; isRefusal: boolean; group: string };

const folder = join(import.meta.dirname, "refusal-training");
const labelled = join(import.meta.dirname, "../test/domain/receive/labelled");
/** The labeled sets whose misses have been read, so that they no longer measure anything. */
const readSets = ["unseen", "blind", "blind-2", "blind-3", "blind-4", "blind-5"];
/** The languages that the classifier learns. */
const languages = ["en", "es"];

/** Returns the answers that the classifier is trained from. */
export function readTrainingAnswers(): TrainingAnswer[] {
  const lists = ["refusals", "near-misses"].flatMap((name) =>
    splitThemes(read(join(folder, `${name}.txt`)), name === "refusals"),
  );
  const sets = readSets.flatMap((name) =>
    splitLines(read(join(labelled, `refusals-${name}.jsonl`)))
      .map((line): { language?: string; text: string; label: string } => JSON.parse(line))
      .filter(({ language }) => language === undefined || languages.includes(language))
      .map(({ text, label }) => ({
        text: extractReplyText(text),
        isRefusal: label === "refusal",
        group: name,
      })),
  );
  return [...lists, ...sets];
}

/** Returns the sentences that say nothing about a sale, which stand before and after an answer. */
export function readSurroundings(): { before: string[]; after: string[] } {
  const [before = [], after = []] = ["before", "after"].map((name) =>
    splitLines(read(join(folder, `${name}.txt`))),
  );
  return { before, after };
}

/** Returns a hash of all that the classifier is trained from, which weights.json names. */
export function hashTraining(): string {
  const texts = JSON.stringify([readTrainingAnswers(), readSurroundings()]);
  return createHash("sha256").update(texts).digest("hex");
}

/** Returns the answers of a file, in which a line such as "# Spanish" begins a theme. */
function splitThemes(text: string, isRefusal: boolean): TrainingAnswer[] {
  let group = "";
  return splitLines(text).flatMap((line) => {
    if (!line.startsWith("# ")) return [{ text: line, isRefusal, group }];
    group = line.slice(2);
    return [];
  });
}

const splitLines = (text: string) => text.split("\n").filter((line) => line.trim() !== "");
const read = (path: string) => readFileSync(path, "utf8");
