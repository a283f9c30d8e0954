import { classifyDutchWord } from "./dutch.ts";
import { classifyEnglishWord } from "./english.ts";
import { classifyFrenchWord } from "./french.ts";
import { classifyGermanWord } from "./german.ts";
import { classifyItalianWord } from "./italian.ts";
import { classifySpanishWord } from "./spanish.ts";
import { classifyWords } from "./word-classes.ts";

const lookups = [
  classifyEnglishWord,
  classifyGermanWord,
  classifySpanishWord,
  classifyFrenchWord,
  classifyDutchWord,
  classifyItalianWord,
];

/** Matches up to `most` words such as "please", "again", "from", "me" or "you". */
const gap = (most: number) => `[fPYAF]{0,${most}}`;
/** Matches if only a few words such as "please", "again" or "address" follow in the clause. */
const end = "(?=[fPYAFmD]{0,6}(?:,|$))";
/** Fails after "not" or "did", as in "do not stop writing" or "he did stop writing". */
const unnegated = "(?<![NH][fPYWKA]{0,4})";
/** Fails before a negation, as in "remove me not". */
const stays = "(?![fPYDLF]{0,5}N(?!A))";
/** Fails after "did" or "has", because "he did not write again" only tells a story. */
const told = "(?<!H[fPY]{0,2})";

/**
 * Matches the sentences that ask for no more emails. Each word of a sentence is given as the letter
 * of its class in word-classes.ts.
 */
const requests = new RegExp(
  [
    // "stop sending us", "end this campaign", "stop them"
    `${unnegated}S${gap(4)}m?[CM]${stays}`,
    `${unnegated}(?:S|s(?=f{0,2}[mM]))[fmA]{0,4}[mM]{1,3}${end}`,
    `K${gap(4)}[mM]{0,2}${gap(3)}[Ss]${end}`,
    // "do not write to us again", "schreiben Sie uns nicht mehr"
    `${told}N${gap(5)}[CM]{1,2}${gap(3)}A`,
    `${told}N${gap(4)}C${gap(2)}P${end}|NffC${end}`,
    `${told}C[fPYM]{0,4}N${gap(2)}A`,
    // "no more letters", "I do not want to be written to", "I wish to get these no longer"
    `${told}N${gap(3)}A${gap(3)}m?M${end}`,
    `${told}N${gap(2)}W${gap(4)}V?${gap(4)}(?:M|m${end})`,
    `${told}N${gap(2)}W${gap(4)}C${end}|N[fPYAFm]{0,3}M${gap(3)}W${end}`,
    `W${gap(4)}N${gap(5)}(?:V${gap(3)})?(?:[MLC]|m[MLC]|m${end})`,
    `[WK][fPYDAM,]{0,12}N${gap(3)}[VC]${gap(4)}(?:[AM]|m?${end})`,
    `[WK][fPYDAM,]{0,12}N[fPYAFmM]{0,5}[VC]${end}`,
    `W${gap(5)}(?:m|M|[fY])?f{0,2}S${end}`,
    // "clear my address from your records", "meine Adresse aus dem Verteiler nehmen"
    `${unnegated}R${gap(3)}[PD]${stays}(?=[fYPA]*[DC]?[fYPA]*(?:F[fYPA]*[LMD]|L|$|,))`,
    `${unnegated}(?:[Rk]${gap(3)}[PD]?|[KV]P)f{0,3}D?f{0,2}F${gap(3)}m?[LM]${stays}`,
    `${unnegated}P${gap(2)}[Dm]?${gap(3)}(?:F${gap(3)}L?${gap(2)})?R${end}`,
    `${unnegated}D${gap(3)}F${gap(3)}L${gap(2)}R`,
    `${unnegated}F${gap(3)}L${gap(2)}[PDf]{0,3}R${end}`,
    `${unnegated}U${gap(3)}P${stays}|${unnegated}P${gap(3)}U${end}`,
    // "this should be the last one", "the next one goes to my lawyer", "write again and I sue"
    `K[fPYmM]{0,6}[Ts][fFmM]{0,3}${end}`,
    `[nA]${gap(2)}(?:[mMC][fVCYPKmMA,]{0,9}|[MC][^xN]{0,9})X`,
    `X[fPYM,]{0,8}[CM]${gap(3)}A`,
    // "you are not permitted to write to me", "I forbid any contact", "refrain from letters"
    `N[fPYAFHK]{0,4}Z[fPYDAVFm]{0,6}[CMD]`,
    `B${gap(5)}[MC]`,
    `${unnegated}[MC]${gap(3)}J|${unnegated}J${gap(5)}[MC]|W[fYPFm]{0,5}J`,
    `I${gap(4)}C${gap(2)}[PA]|I${gap(4)}P${gap(2)}C`,
    `v${gap(2)}P${gap(4)}m?[Mm]|v${gap(2)}P${end}`,
  ].join("|"),
);

/** Matches the sentences that may ask for no more emails. */
const hints = new RegExp(
  [
    `${unnegated}S${gap(4)}[mU]`,
    `${unnegated}R[^,NHSx]{0,8}F${gap(3)}L`,
    `v${gap(2)}P`,
    `^f{0,2}R{1,3}f{0,3}$|Rm?[DC]f{0,3}$|^${gap(3)}S${gap(3)}$|${unnegated}s${gap(3)}[mM]`,
    `K[fPYmM]{0,6}T`,
    `${told}N${gap(4)}C${gap(3)}[AP]|Nf{1,2}mf?A`,
  ].join("|"),
);

/**
 * The kind of request that one sentence makes. "limited": the request stands beside words that
 * limit the request.
 */
export type SentenceRequest = "request" | "limited" | "none";

/**
 * Finds a request for no more emails in a folded sentence (lower case, without accents), in
 * whatever words and word order. Only the languages with the fewest unknown words are read.
 */
export function classifySentenceRequest(sentence: string): SentenceRequest {
  const readings = lookups.map((lookup) => classifyWords(sentence, lookup));
  const unknown = readings.map((letters) => letters.split("o").length);
  const fewest = Math.min(...unknown);
  let found: SentenceRequest = "none";
  for (const [index, letters] of readings.entries()) {
    if (unknown[index] !== fewest) continue;
    if (requests.test(letters)) {
      if (!letters.includes("x")) return "request";
      found = "limited";
    } else if (hints.test(letters)) found = "limited";
  }
  return found;
}
