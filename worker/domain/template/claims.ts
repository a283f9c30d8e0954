import type { LetterClaim } from "../../../shared/vocabulary.ts";

/** A claim in a text, with its offsets; `end` is exclusive. */
export type FoundClaim = { claim: LetterClaim; start: number; end: number };

/**
 * Returns the claims in a text that must be true of the office (NAR Code of Ethics, Article 12): a
 * buyer at hand, a rank, or something free. A phrase such as "feel free" is no claim. The time is
 * linear in the length of the text, because every part of a pattern is bounded.
 */
export function findClaims(text: string): FoundClaim[] {
  return patterns.flatMap(({ claim, pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({
      claim,
      start: index,
      end: index + match.length,
    })),
  );
}

const buyerKinds =
  "(?:(?:a|an|the|any|many|some|several|few|two|three|four|five|\\d{1,3}|cash|serious|qualified|ready|motivated|active|local|out of state|pre[- ]?approved|real|good|right|perfect|interested|specific|waiting|number of|couple of|list of|more|of)[ ,-]{1,2}){0,6}";
const people = "(?:clients?|famil(?:y|ies)|couples?|people|persons?|someone|somebody|investors?|customers?)";
const freeThings =
  "(?:home |house |market |property |online |instant |written |detailed |personal |professional |custom |comparative |no[- ]obligation |copy of |one[- ]page |price |value |seller'?s |buyer'?s |moving ){0,4}(?:valuations?|evaluations?|estimates?|appraisals?|analys[ei]s|cmas?|reports?|consultations?|consults?|quotes?|guides?|checklists?|e-?books?|books?|booklets?|gifts?|gift cards?|inspections?|staging|photos?|photography|services?|opinions?|assessments?|reviews?|walk-?throughs?|tours?|seminars?|webinars?|class(?:es)?|lists?|cop(?:y|ies)|warrant(?:y|ies)|movers|truck|cleaning|lunch|dinner|offer|home search|market updates?)";
const rankHeads =
  "(?:agents?|realtors?|brokers?|brokerages?|teams?|offices?|firms?|compan(?:y|ies)|choice|real estate|listing|selling|in (?!line))";

const patterns: readonly { claim: LetterClaim; pattern: RegExp }[] = [
  // Matches "I have a buyer" and "we've got several cash buyers". "If I ever have a buyer" claims
  // nothing.
  {
    claim: "haveBuyer",
    pattern: new RegExp(
      `(?<!\\b(?:if|when|once|until|unless) )\\b(?:i|we)(?:['’](?:ve|m|re)|(?: already| currently| now| actually)? (?:have|represent|know)| am| are)?(?: already| currently| now)?(?: (?:got|have|with|working with|represent(?:ing)?|know))? ${buyerKinds}(?:buyers?|purchasers?)\\b(?!['’]?s? (?:guide|agent|list of))`,
      "giu",
    ),
  },
  // Matches "my buyers are looking in your area" and "a buyer for your home".
  {
    claim: "haveBuyer",
    pattern:
      /\b(?:my|our) (?:(?:cash|serious|qualified|current|active|own) ){0,2}(?:buyers?|clients?) (?:(?:is|are|has been|have been) (?:(?:very|still|now|actively) )?(?:looking|ready|searching|waiting|interested|hoping)|wants?|would (?:love|like)|wishe?s?|needs?)\b|(?<!\bfind |\bfinding )\b(?:a|an|the right|(?:cash|serious|qualified|interested) )\s?buyers? (?:who is |ready |waiting |lined up |interested )?(?:for|in) your (?:home|house|property|place)\b|\bbuyers? (?:waiting|lined up|standing by)\b/giu,
  },
  // Matches "I have a client who wants to buy here" and "a buyer asked me about your street".
  {
    claim: "haveBuyer",
    pattern: new RegExp(
      `(?<!\\b(?:if|when|once|until|unless) )\\b(?:i|we)(?:['’](?:ve|m|re)|(?: already| currently| now| actually)? (?:have|know|represent)| am| are)(?: already| currently| now)?(?: (?:got|working with|representing))? ${buyerKinds}${people} (?:(?:who|that)(?:['’](?:s|re|d)| is| are)? )?(?:want(?:s|ing)?|look(?:s|ing)|hop(?:es|ing)|search(?:es|ing)|ready|eager|interested|would (?:love|like)|love|like)\\b[^.!?\\u2029]{0,20}\\b(?:(?:to|in) (?:buy(?:ing)?|purchas(?:e|ing)|mov(?:e|ing) (?:to|into|here))|(?:for|in) (?:a |another )?(?:home|house|place|property|something)s? (?:like|on|in|near|around)|in your (?:home|house|area|street|neighborhood|property|building))\\b|\\bbuyers? (?:has |have |just |recently ){0,2}(?:asked|contacted|called|approached) (?:me|us)\\b|(?<!\\b(?:had|not|never) )\\bgot (?:a|the|some) (?:cash |serious |qualified )?buyers? for (?:you|your)\\b`,
      "giu",
    ),
  },
  // Matches "#1", "No. 1" and "number one", but not "Unit #1" or "our number one priority".
  {
    claim: "numberOne",
    pattern: new RegExp(
      `(?:(?<=(?:\\b(?:the|your|our|my|am|is|are|ranked|rated|voted)|\\p{L}['’](?:s|m|re)) )(?:# ?1|№ ?1|n[o°º]\\.? ?1|number[ -](?:1|one)|numero uno)(?![\\d-])\\b(?! (?:priority|question|reason|goal|thing|mistake|rule|concern|tip|job|complaint|issue|cause|step|factor|fear|regret))|(?<![\\p{L}\\d])(?:# ?1|№ ?1|n[o°º]\\.? ?1|number[ -](?:1|one)|numero uno) ${rankHeads})`,
      "giu",
    ),
  },
  {
    claim: "numberOne",
    pattern:
      /\branked (?:first|1st|# ?1)\b|\b(?:voted|named|rated) (?:the )?(?:best|top) (?:local )?(?:real estate )?(?:agents?|realtors?|brokers?|brokerages?|teams?)\b|\btop[- ](?:producing|producers?|selling|rated|ranked|performing|1 ?%|one percent)(?! (?:schools?|homes?|features?))|\b(?:the|your|area['’]s|city['’]s|county['’]s) (?:best|leading|top) (?:local )?(?:real estate )?(?:agents?|realtors?|brokers?|brokerages?|teams?)\b/giu,
  },
  // Matches "a free home valuation", "at no cost" and "complimentary".
  {
    claim: "somethingFree",
    pattern: new RegExp(
      `(?<![\\w-])(?<!\\b(?:feel|i'm|i am|you're|you are|we're|are|be|toll|set|if) )free,? ${freeThings}\\b`,
      "giu",
    ),
  },
  {
    claim: "somethingFree",
    pattern:
      /(?<![\w-])(?:for free|free[ -]of[ -]charge|costs? (?:you )?nothing|cost[- ]free|(?:won['’]t|will not|doesn['’]t|does not) cost you (?:a (?:thing|cent|dime|penny|dollar)|anything)|(?:valuation|value|estimate|analysis|report|consultation|cma|guide),? free(?! (?:from|of|to|and clear|time))|free and without obligation|(?:it['’]s|absolutely|completely|totally|entirely|100%) free(?! (?:to|and clear))|at no (?:cost|charge)|without (?:any )?(?:charge|cost)|no[- ]cost|no[- ]charge|complimentary|gratis)(?![\w-])/giu,
  },
];
