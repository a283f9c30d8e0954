import type { LetterClaim, LintCode, LintSeverity, TemplateField } from "../../../shared/vocabulary.ts";

/** UTF-16 offsets into a field, `end` exclusive. */
export type TextRange = { start: number; end: number };
export type LintTag = TextRange & {
  name: string;
  attributes: readonly (TextRange & { name: string; value: string })[];
};
export type LintText = TextRange & { text: string; inside: string };

/** A finding about a wording, before its line and column are computed. */
export type UnlocatedFinding = TextRange & {
  code: LintCode;
  severity: LintSeverity;
  field: TemplateField;
  message: string;
  /** The claim that the office has to confirm as true. */
  claim?: LetterClaim;
};
