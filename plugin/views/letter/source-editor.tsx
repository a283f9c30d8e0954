import { useEffect, useRef } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { LintFinding } from "../../../shared/template-lint.ts";
import type { LetterFindings } from "./findings.tsx";

type Props = {
  html: string;
  checked: LetterFindings;
  /** The finding to which the cursor moves; null if the cursor stays. */
  target: LintFinding | null;
  onChange: (html: string) => void;
};

type Piece = { text: string; severity: LintFinding["severity"] | null };

/**
 * Cuts the HTML into pieces at the places of the findings. If two places overlap, only the first
 * place becomes a piece.
 */
export function cutHtmlAtFindings(html: string, findings: readonly LintFinding[]): Piece[] {
  const places = findings
    .filter(({ field, start, end }) => field === "bodyHtml" && end > start && end <= html.length)
    .toSorted((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end, severity } of places) {
    if (start < from) continue;
    pieces.push(
      { text: html.slice(from, start), severity: null },
      { text: html.slice(start, end), severity },
    );
    from = end;
  }
  return [...pieces, { text: html.slice(from), severity: null }].filter(({ text }) => text !== "");
}

/**
 * Shows the editor for the letter's HTML. A copy of the text behind the field shows the marks of
 * the findings, so that the field keeps the browser's undo and spell check.
 */
export function LetterHtmlEditor({ html, checked, target, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (target === null || target.field !== "bodyHtml") return;
    const mark = area.current?.parentElement?.querySelector(`[data-start="${target.start}"]`);
    area.current?.focus({ preventScroll: true });
    area.current?.setSelectionRange(target.start, target.end);
    (mark ?? area.current)?.scrollIntoView({ block: "center" });
  }, [target]);
  const pieces = cutHtmlAtFindings(html, checked.html === html ? checked.findings : []);
  let start = 0;
  const marked = pieces.map(({ text, severity }) => {
    const at = start;
    start += text.length;
    return severity === null ? (
      text
    ) : (
      <mark key={at} class={severity} data-start={at}>
        {text}
      </mark>
    );
  });
  return (
    <div class="field">
      <span aria-hidden="true">HTML</span>
      <div class="source-box">
        <pre aria-hidden="true">{marked}&#8203;</pre>
        <textarea
          ref={area}
          aria-label="HTML"
          data-field="letter.bodyHtml"
          spellcheck={false}
          maxLength={limits.bodyLength}
          value={html}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </div>
    </div>
  );
}
