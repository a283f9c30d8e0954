import type { Clause } from "../clauses.ts";
import { almostDidPattern, doubtWords } from "../opt-out-words/roundabout.ts";
import { classifySentenceRequest } from "./find-request.ts";

/** Matches a question that asks the agent for something. */
const askingQuestions =
  /^(?:[^,]{0,40}, )?(?:(?:so|and|please|und|y|et|en|e|thanks|bitte|por favor|svp|per favore|hi|hello|hallo|hola|bonjour|dag|buongiorno)[ ,]+)?(?:can|could|would|will|won't|why don't) (?:you|u|someone|somebody|whoever|ya'?ll)\b|\bcould you\b|^(?:konn\w+|wurde\w*|wollen|darf ich|durfte ich) (?:sie|ihr|du|bitte|bitten)\b|\b(?:podri\w+|pued(?:e|en|es)|seri\w+ tan|me hari\w+)\b|\b(?:pourri\w+|pouv\w+|voul\w+|auri\w+)[- ]vous\b|\b(?:kunt|kun|zou|wilt|wil|kunnen) (?:u|je|jullie)\b|\b(?:puo|potete|potrebbe|potreste|potresti|sarebbe possibile)\b/;

/**
 * Tells whether a text is a request for no more emails, by the classes of its words. A request is
 * doubtful if another sentence limits the request, or asks a question.
 */
export function classifyOptOutRequest(
  clauses: readonly Clause[],
  isLimit: (sentence: Clause["sentence"]) => boolean,
): "optOut" | "doubtful" | "none" {
  const sentences = new Map(clauses.map(({ sentence, isQuestion }) => [sentence, isQuestion]));
  let isFound = false;
  let isDoubtful = false;
  let isCalm = true;
  for (const [sentence, isQuestion] of sentences) {
    const isAsking = !isQuestion || askingQuestions.test(sentence.text);
    const request = isAsking ? classifySentenceRequest(sentence.text) : "none";
    const isSure =
      request === "request" && !doubtWords.test(sentence.text) && !almostDidPattern.test(sentence.text);
    if (isSure) isFound = true;
    else if (isQuestion || isLimit(sentence)) isCalm = false;
    if (request !== "none" && !isSure) isDoubtful = true;
  }
  if (isFound) return isCalm ? "optOut" : "doubtful";
  return isDoubtful ? "doubtful" : "none";
}
