import type { UnlocatedFinding } from "./lint-finding.ts";

/**
 * Matches the marks of an answer or a forwarded email, such as "Re:" and "Fwd:", in several
 * languages. Brackets, quotes or a gateway's tag may stand before the marks. A dash may replace the
 * colon only after "Re" and "Fwd".
 */
const answerMark =
  /^(?:[\s"'“”‘’«<([{*]|\[(?:ext|external)\])*(?:(?:(?:re|fwd?|fw|aw|antw|antwort|wg|sv|vs|rv|tr|ref|rif|res|enc|odp|ynt|vb|回复|回覆|答复|转发|返信)\s?(?:[[(]\d{1,3}[\])]|\^\d{1,3})?\s*:|(?:re|fwd?)\s?(?:[[(]\d{1,3}[\])])?\s*(?:[-–—]\s|[;|>]))\s*)+/i;

/**
 * Returns the subject with plain letters and marks in place of full-width letters and marks.
 * Invisible characters are dropped. `at` holds the source offset of each character.
 */
function foldSubject(subject: string): { text: string; at: number[] } {
  const at: number[] = [];
  let text = "";
  for (let index = 0; index < subject.length; index += 1) {
    const plain = (subject[index] ?? "").normalize("NFKC");
    if (plain.length !== 1 || /\p{Cf}/u.test(plain)) continue;
    text += plain;
    at.push(index);
  }
  return { text, at };
}

/** Tells whether a subject begins like the subject of an answer or of a forwarded email. */
export const hasAnswerMark = (subject: string): boolean => answerMark.test(foldSubject(subject).text);

/**
 * Returns an error for a subject with a typed "Re:" or "Fwd:". A subject that falsely suggests an
 * earlier conversation is misleading (RCW 19.190.020, Cal. Bus. & Prof. Code 17529.5). The product
 * writes "Re:" itself once the person has written.
 */
export function lintSubject(subject: string): UnlocatedFinding[] {
  const { text, at } = foldSubject(subject);
  const mark = answerMark.exec(text)?.[0];
  if (mark === undefined) return [];
  const end = (at[mark.length - 1] ?? 0) + 1;
  const message = `"${mark.trim()}" suggests an earlier conversation. Remove it; it's added automatically once the person has written back`;
  return [{ code: "falseReply", severity: "error", field: "subject", start: 0, end, message }];
}
