import type { ChangedSnippet, Snippet, SnippetInput } from "../../shared/snippet.ts";
import type { ApiClient } from "./api.ts";

/** The key of the office's snippets in the cache. */
export const snippetsKey = "snippets";

/** Returns one function per request about snippets. */
export const createSnippetApi = ({ request }: Pick<ApiClient, "request">) => ({
  list: (signal?: AbortSignal) => request<{ items: Snippet[] }>("/snippets", { signal }),
  create: (body: SnippetInput) => request<Snippet>("/snippets", { method: "POST", body }),
  /** @param version the version to which the agent has made the changes */
  change: (id: number, version: number, body: SnippetInput) =>
    request<ChangedSnippet>(`/snippets/${id}`, {
      method: "PATCH",
      body,
      headers: { "if-match": `"${version}"` },
    }),
  delete: (id: number) => request<null>(`/snippets/${id}`, { method: "DELETE" }),
});
