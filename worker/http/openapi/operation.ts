import type { answerSchemas, inputSchemas } from "./schemas.ts";

type Answer = keyof typeof answerSchemas;
export type Operation = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** The path from the server's root, with parameters in braces. */
  path: string;
  summary: string;
  body?: keyof typeof inputSchemas;
  /**
   * The schema of the answer, or of each item if the answer is a list. An answer that is CSV or has
   * no body (204) has no schema.
   */
  answer?: Answer | { listOf: Answer };
  status?: 201;
  /** The part that is CSV: the request body or the answer. */
  csv?: "body" | "answer";
  /** True if the answer is an HTML page. */
  html?: true;
  query?: Readonly<Record<string, readonly string[] | null>>;
  takesIdempotencyKey?: true;
  /** True if the header `If-Match` must name the version that the change started from. */
  needsIfMatch?: true;
};

/** The parameters of every paged list. */
export const pageParameters = { cursor: null, limit: null };
