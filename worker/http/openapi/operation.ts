import type { inputs, outputs } from "./schemas.ts";

type Answer = keyof typeof outputs;
export type Operation = {
  method: "get" | "post" | "patch" | "delete";
  /** Under the server's root, parameters in braces. */
  path: string;
  summary: string;
  body?: keyof typeof inputs;
  /** What a good answer holds; a list of it; or neither: 204. */
  answer?: Answer | { listOf: Answer };
  status?: 201;
  /** Where the body or the answer is a list in CSV instead. */
  csv?: "body" | "answer";
  query?: Readonly<Record<string, readonly string[] | null>>;
  takesIdempotencyKey?: true;
};

/** A list comes page by page. */
export const page = { cursor: null, limit: null };
