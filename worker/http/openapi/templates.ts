import { templateVerdicts } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on templates and presets. */
export const templateOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/template-approvals",
    summary: "The letters that somebody has asked to approve, the longest waiting first",
    query: { verdict: templateVerdicts, cursor: null },
    answer: { listOf: "TemplateApproval" },
  },
  {
    method: "post",
    path: "/api/template-approvals",
    summary:
      "Ask a team lead to approve the letters of a sequence, of a campaign or of all presets, or letters as they are being written; a team lead's request approves them",
    body: "TemplateApprovalInput",
    answer: "TemplateApprovalCounts",
    status: 201,
  },
  {
    method: "post",
    path: "/api/template-approvals/decide",
    summary: "Approve letters, or return them with a note (teamLead)",
    body: "TemplateDecisionInput",
    answer: "TemplateApprovalCounts",
  },
  {
    method: "get",
    path: "/api/templates",
    summary: "Templates with their newest wording, newest first; at most 25 a page",
    answer: { listOf: "EmailTemplate" },
    query: pageParameters,
  },
  {
    method: "post",
    path: "/api/templates",
    summary:
      "Make a template; its HTML is sanitized and its styles inlined, and a wording with errors is refused",
    body: "TemplateInput",
    answer: "TemplateDetail",
    status: 201,
  },
  { method: "get", path: "/api/templates/{id}", summary: "One template", answer: "TemplateDetail" },
  {
    method: "patch",
    path: "/api/templates/{id}",
    summary: "Save a new version; campaigns keep the one they were made with",
    body: "TemplatePatch",
    answer: "TemplateDetail",
  },
  {
    method: "get",
    path: "/api/templates/{id}/versions",
    summary: "The wordings a template has had, newest first, without their bodies",
    answer: { listOf: "TemplateVersionSummary" },
    query: pageParameters,
  },
  {
    method: "get",
    path: "/api/templates/{id}/versions/{version}",
    summary: "One of a template's versions with its whole wording",
    answer: "TemplateVersion",
  },
  {
    method: "post",
    path: "/api/templates/{id}/test-send",
    summary:
      "Send one test email, marked as such, to the named sender's own mailbox; neither tracked nor counted",
    body: "TestSendInput",
    answer: "TestSend",
  },
  {
    method: "post",
    path: "/api/templates/test-send",
    summary: "Send one test email of a wording that is not saved, to the named sender's own mailbox",
    body: "WordingTestSendInput",
    answer: "TestSend",
  },
  {
    method: "post",
    path: "/api/templates/lint",
    summary:
      "Look a wording over: what to put right and where, and what saving it would take out; saves nothing",
    body: "LintInput",
    answer: "LintAnswer",
  },
  {
    method: "post",
    path: "/api/templates/convert",
    summary:
      "Rewrite other tools' merge fields as variables, and name those that could mean two things; saves nothing",
    body: "LintInput",
    answer: "ConvertAnswer",
  },
  { method: "delete", path: "/api/templates/{id}", summary: "Delete a template no unfinished campaign uses" },
  {
    method: "post",
    path: "/api/templates/preview",
    summary: "One email as its recipient would get it; changes nothing",
    body: "PreviewInput",
    answer: "EmailPreview",
  },
  {
    method: "post",
    path: "/api/templates/variables",
    summary: "The variables that a letter may use, and what each prints for one recipient; changes nothing",
    body: "VariableValuesInput",
    answer: "OfferedVariables",
  },
  { method: "get", path: "/api/presets", summary: "The ready sequences", answer: { listOf: "Preset" } },
];
