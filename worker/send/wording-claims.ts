import { type LetterClaim, letterClaims } from "../../shared/vocabulary.ts";
import type { Candidate } from "../domain/send/candidate.ts";
import type { EmailThread } from "../domain/send/thread.ts";
import { listClaimsMade } from "../mail/template/claims.ts";
import type { StepWording, WordingContent } from "./step-wording.ts";

/**
 * Returns the candidate, with the next email added to `unattestedWordings` if the email's text
 * makes a claim that the office has not attested. Finds the claims again, because stored claims may
 * come from older rules, and lack those of a subject that a personal wording takes from the step.
 * @param wording the wording of the next email; null if there is no next email
 * @param thread the thread that the email continues, which gives the email's subject; null if the
 * email begins a thread
 */
export function markUnattestedWording(
  candidate: Candidate,
  wording: StepWording | null,
  thread: EmailThread | null,
): Candidate {
  const { attestedClaims, unattestedWordings } = candidate;
  const areAllAttested = letterClaims.every((claim) => attestedClaims.includes(claim));
  if (wording === null || areAllAttested) return candidate;
  const subject = thread?.subject ?? wording.content.subject;
  const made = [
    ...listClaimsOfBody(wording),
    ...listClaimsMade({ subject, preheader: "", bodyHtml: "", bodyText: "" }),
  ];
  if (made.every((claim) => attestedClaims.includes(claim))) return candidate;
  const id = wording.personalVersion === null ? wording.templateId : 0;
  return { ...candidate, unattestedWordings: [...unattestedWordings, id] };
}

/**
 * The claims of templates, by template id and version. Finding the claims of one template takes
 * about a millisecond.
 */
const knownClaims = new Map<string, readonly LetterClaim[]>();
const maxKnownClaims = 1_000;

function listClaimsOfBody({ cacheKey, content }: StepWording): readonly LetterClaim[] {
  if (cacheKey === null) return findClaimsOfBody(content);
  const known = knownClaims.get(cacheKey);
  if (known !== undefined) return known;
  if (knownClaims.size >= maxKnownClaims) knownClaims.clear();
  const made = findClaimsOfBody(content);
  knownClaims.set(cacheKey, made);
  return made;
}

const findClaimsOfBody = (content: WordingContent) => listClaimsMade({ ...content, subject: "" });
