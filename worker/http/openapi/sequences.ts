import { sequenceScopes, stepEmailKinds } from "../../../shared/vocabulary.ts";
import { type Operation, pageParameters } from "./operation.ts";

/** The operations on sequences. */
export const sequenceOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/sequences",
    summary: "List your sequences and the office's, newest first, then the presets",
    answer: { listOf: "SequenceSummary" },
    query: { ...pageParameters, scope: sequenceScopes, archived: ["true", "false"] },
  },
  {
    method: "post",
    path: "/api/sequences",
    summary: "Create a sequence. It may be unfinished; its faults list what is missing",
    body: "SequenceInput",
    answer: "Sequence",
    status: 201,
  },
  {
    method: "get",
    path: "/api/sequences/{id}",
    summary: "Get a sequence with its letters and faults. A preset's id is its name",
    answer: "Sequence",
  },
  {
    method: "get",
    path: "/api/sequences/{id}/letters/{stepId}/versions",
    summary: "List the earlier versions of a step's letter, with who saved each and when, newest first",
    query: { email: stepEmailKinds },
    answer: "LetterVersions",
  },
  {
    method: "patch",
    path: "/api/sequences/{id}",
    summary:
      "Update a sequence. For a preset, the office gets a copy that replaces it. A 412 says who changed it in the meantime",
    body: "SequencePatch",
    answer: "Sequence",
    needsIfMatch: true,
  },
  {
    method: "delete",
    path: "/api/sequences/{id}",
    summary: "Delete a sequence, or restore the original preset. Campaigns keep their steps",
  },
  {
    method: "post",
    path: "/api/sequences/{id}/duplicate",
    summary: "Copy a sequence or preset to a new sequence, yours by default",
    body: "SequenceCopyInput",
    answer: "Sequence",
    status: 201,
  },
];
