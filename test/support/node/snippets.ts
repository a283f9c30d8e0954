import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** A block of code in a page of docs/. `name` is the word after the language, if there is one. */
export type Snippet = { language: string; name: string | null; code: string };

/** Returns the blocks of code of a page, word for word. `path` is from the project's root. */
export function readSnippets(path: string): Snippet[] {
  const page = readFileSync(resolve(root, path), "utf8");
  return [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", name = null, code = ""]) => ({ language, name, code }),
  );
}

/** Returns the block with this language, and with this name if the block has one. */
export function readSnippet(path: string, language: string, name: string | null = null): string {
  const found = readSnippets(path).find((one) => one.language === language && one.name === name);
  if (found === undefined) throw new Error(`${path} has no block ${language} ${name ?? ""}`);
  return found.code;
}
