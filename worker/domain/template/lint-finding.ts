import type { LintCode, LintSeverity, TemplateField } from "../../../shared/vocabulary.ts";

/** UTF-16 offsets into a field, `end` exclusive. */
export type At = { start: number; end: number };
export type LintTag = At & { name: string; attributes: readonly (At & { name: string; value: string })[] };
export type LintText = At & { text: string; inside: string };

/** A finding about a wording, before its line and column are computed. */
export type Found = At & { code: LintCode; severity: LintSeverity; field: TemplateField; message: string };
