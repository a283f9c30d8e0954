import type { Operation } from "./operation.ts";

/** The operations on the office's snippets. */
export const snippetOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/snippets",
    summary: "The office's snippets by name, with the number of letters that use each",
    answer: { listOf: "Snippet" },
  },
  {
    method: "post",
    path: "/api/snippets",
    summary: "Make a snippet: paragraphs that letters name by {{> snippet-12}} in a paragraph of its own",
    body: "SnippetInput",
    answer: "Snippet",
    status: 201,
  },
  {
    method: "patch",
    path: "/api/snippets/{id}",
    summary: "Change a snippet; the coming emails of campaigns under way get the new text",
    body: "SnippetPatch",
    answer: "ChangedSnippet",
    needsIfMatch: true,
  },
  {
    method: "delete",
    path: "/api/snippets/{id}",
    summary: "Delete a snippet that no letter uses",
  },
];
