import { sequenceScopes, stepEmails } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on sequences. */
export const sequenceOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/sequences",
    summary: "Your own sequences and the office's, newest first, and after them the presets",
    answer: { listOf: "SequenceSummary" },
    query: { ...pageParameters, scope: sequenceScopes, archived: ["true", "false"] },
  },
  {
    method: "post",
    path: "/api/sequences",
    summary: "Make a sequence; it may be unfinished, and its faults say what is missing",
    body: "SequenceInput",
    answer: "Sequence",
    status: 201,
  },
  {
    method: "get",
    path: "/api/sequences/{id}",
    summary: "One sequence with its letters and its faults; the id of a preset is its name",
    answer: "Sequence",
  },
  {
    method: "get",
    path: "/api/sequences/{id}/letters/{stepId}/versions",
    summary: "The earlier versions of a step's letter, with who saved them and when, newest first",
    query: { email: stepEmails },
    answer: "LetterVersions",
  },
  {
    method: "patch",
    path: "/api/sequences/{id}",
    summary:
      "Change a sequence; of a preset, the office gets a copy that stands in for it. 412 says who changed it meanwhile",
    body: "SequencePatch",
    answer: "Sequence",
    needsIfMatch: true,
  },
  {
    method: "delete",
    path: "/api/sequences/{id}",
    summary: "Delete a sequence, or bring back the original of a preset; campaigns keep their steps",
  },
  {
    method: "post",
    path: "/api/sequences/{id}/duplicate",
    summary: "Copy a sequence or a preset into a new one, by default your own",
    body: "SequenceCopyInput",
    answer: "Sequence",
    status: 201,
  },
];
