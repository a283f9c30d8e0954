import { templateVerdicts } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on templates and presets. */
export const templateOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/template-approvals",
    summary: "List the letters waiting for approval, longest waiting first",
    query: { verdict: templateVerdicts, cursor: null },
    answer: { listOf: "TemplateApproval" },
  },
  {
    method: "post",
    path: "/api/template-approvals",
    summary:
      "Ask a team lead to approve letters: of a sequence, a campaign, all presets, or unsaved ones. A team lead's own request approves them",
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
    summary: "List templates with their newest version, newest first, up to 25 per page",
    answer: { listOf: "EmailTemplate" },
    query: pageParameters,
  },
  {
    method: "post",
    path: "/api/templates",
    summary:
      "Create a template. Its HTML is sanitized and its styles inlined. Wording with errors is refused",
    body: "TemplateInput",
    answer: "TemplateDetail",
    status: 201,
  },
  { method: "get", path: "/api/templates/{id}", summary: "Get a template", answer: "TemplateDetail" },
  {
    method: "patch",
    path: "/api/templates/{id}",
    summary: "Save a new version of a template. Campaigns keep the version they were created with",
    body: "TemplatePatch",
    answer: "TemplateDetail",
  },
  {
    method: "get",
    path: "/api/templates/{id}/versions",
    summary: "List a template's versions, newest first, without their bodies",
    answer: { listOf: "TemplateVersionSummary" },
    query: pageParameters,
  },
  {
    method: "get",
    path: "/api/templates/{id}/versions/{version}",
    summary: "Get one version of a template with its full wording",
    answer: "TemplateVersion",
  },
  {
    method: "post",
    path: "/api/templates/{id}/test-send",
    summary: "Send one test email, marked as a test, to the sender's own mailbox. Not tracked or counted",
    body: "TestSendInput",
    answer: "TestSend",
  },
  {
    method: "post",
    path: "/api/templates/test-send",
    summary: "Send one test email of unsaved wording to the sender's own mailbox",
    body: "WordingTestSendInput",
    answer: "TestSend",
  },
  {
    method: "post",
    path: "/api/templates/lint",
    summary: "Check wording: what to fix and where, and what saving would remove. Saves nothing",
    body: "LintInput",
    answer: "LintAnswer",
  },
  {
    method: "post",
    path: "/api/templates/convert",
    summary: "Convert other tools' merge fields to variables, and list the ambiguous ones. Saves nothing",
    body: "LintInput",
    answer: "ConvertAnswer",
  },
  {
    method: "delete",
    path: "/api/templates/{id}",
    summary: "Delete a template that no unfinished campaign uses",
  },
  {
    method: "post",
    path: "/api/templates/preview",
    summary: "Preview one email as its recipient would get it. Changes nothing",
    body: "PreviewInput",
    answer: "EmailPreview",
  },
  {
    method: "post",
    path: "/api/templates/variables",
    summary: "List the variables a letter can use, and what each prints for one recipient. Changes nothing",
    body: "VariableValuesInput",
    answer: "OfferedVariables",
  },
  {
    method: "get",
    path: "/api/presets",
    summary: "List the built-in sequences",
    answer: { listOf: "Preset" },
  },
];
