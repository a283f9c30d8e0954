import type { UnlocatedFinding } from "./lint-finding.ts";

/** Matches the marks of an answer or a forwarded email in several languages. */
const answerMark = /^\s*(?:(?:re|fwd?|fw|aw|wg|sv|vs|antw|rv|tr|ref)\s*(?:\[\d+\])?\s*:\s*)+/i;

/** Tells whether a subject begins like the subject of an answer or of a forwarded email. */
export const hasAnswerMark = (subject: string): boolean => answerMark.test(subject);

/**
 * Returns an error for a subject with a typed "Re:" or "Fwd:". A subject that falsely suggests an
 * earlier conversation is misleading (RCW 19.190.020, Cal. Bus. & Prof. Code 17529.5). The product
 * writes "Re:" itself once the person has written.
 */
export function lintSubject(subject: string): UnlocatedFinding[] {
  const mark = answerMark.exec(subject)?.[0];
  if (mark === undefined) return [];
  const message = `"${mark.trim()}" suggests an earlier conversation. Remove it; it's added automatically once the person has written back`;
  return [{ code: "falseReply", severity: "error", field: "subject", start: 0, end: mark.length, message }];
}
