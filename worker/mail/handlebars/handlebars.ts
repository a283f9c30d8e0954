/**
 * Handlebars for templates that users write. Handlebars' own parser reads the templates, so that
 * users get the syntax, whitespace rules and errors that they know. Rendering is ours, because
 * Handlebars compiles to JavaScript, which a Worker can't evaluate. Our renderer also limits what a
 * template can read, and how long it can run.
 *
 * Supported:
 * - values: `{{path}}` escaped, `{{{path}}}` and `{{&path}}` raw
 * - paths: `a.b`, `a/b`, `this`, `../`, `[any name]`, `@root`, `@index`, `@key`, `@first`, `@last`
 * - blocks: `if`, `unless`, `each`, `with`, plain `{{#name}}` and `{{^name}}`
 * - inside blocks: `else`, `else if`, `as |item index|`
 * - helpers: `lookup` and `default`, also as subexpressions
 * - literals, comments, raw blocks, `\{{`, whitespace control
 *
 * Partials, decorators and other helpers are errors.
 */
import { parseTemplate, type TemplateParseResult } from "./parse.ts";

export { parseTemplate, type TemplateParseResult } from "./parse.ts";
export { type RenderMode, type RenderResult, renderTemplate } from "./render.ts";
export type { ParsedTemplate, TemplateError } from "./tree.ts";
export { listFallbacks, listVariables, type VariableUsage } from "./variables.ts";

/**
 * The most characters of source that one cache holds. A parsed tree takes about ten times the
 * memory of its source, and an isolate has 128 MB.
 */
const maxCachedCharacters = 2_000_000;

export type TemplateCache = {
  /**
   * Returns `parseTemplate(source)`, from the cache if the key was last used with the same source.
   */
  parse(key: string, source: string): TemplateParseResult;
};

/**
 * Creates a cache of at most `max` parsed templates and forgets the least recently used template
 * first. Parsing takes most of the time of a rendering.
 */
export function createTemplateCache(max: number): TemplateCache {
  // A Map keeps insertion order and every use inserts the entry again, so the first entry is the
  // least recently used.
  const entries = new Map<string, { source: string; result: TemplateParseResult }>();
  let characters = 0;

  function forget(key: string): void {
    characters -= entries.get(key)?.source.length ?? 0;
    entries.delete(key);
  }

  return {
    parse(key, source) {
      const known = entries.get(key);
      const result = known?.source === source ? known.result : parseTemplate(source);
      forget(key);
      entries.set(key, { source, result });
      characters += source.length;
      for (const oldest of entries.keys()) {
        if (entries.size <= max && characters <= maxCachedCharacters) break;
        forget(oldest);
      }
      return result;
    },
  };
}
