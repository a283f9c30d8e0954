import { expect, it } from "vitest";
import { cutHtmlAtFindings } from "../../plugin/views/letter/source-editor.tsx";
import type { LintFinding } from "../../shared/template-lint.ts";

const find = (start: number, end: number, field: LintFinding["field"] = "bodyHtml"): LintFinding => ({
  ...{ code: "unknownVariable", severity: "warning", field, start, end, line: 1, column: 1, message: "x" },
});

it("marks the places of the findings, and leaves the text as it is", () => {
  const html = "<p>Hi there</p>";
  const cut = (findings: LintFinding[]) => {
    const pieces = cutHtmlAtFindings(html, findings);
    expect(pieces.map(({ text }) => text).join("")).toBe(html);
    return pieces.filter(({ severity }) => severity !== null).map(({ text }) => text);
  };
  expect(cut([])).toEqual([]);
  expect(cut([find(6, 11), find(3, 5)])).toEqual(["Hi", "there"]);
  expect(cut([find(3, 8), find(5, 11)])).toEqual(["Hi th"]);
  expect(cut([find(0, 0), find(0, 4, "subject"), find(8, 99)])).toEqual([]);
});
