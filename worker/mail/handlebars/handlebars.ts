/**
 * Handlebars for templates that users write. Parsing is Handlebars' own, so the syntax, whitespace rules and errors are what people
 * know; rendering is ours, because Handlebars compiles to JavaScript, which a Worker can't evaluate, and because a template must not
 * be able to reach, call or exhaust anything.
 *
 * Supported: `{{path}}` escaped, `{{{path}}}` and `{{&path}}` raw; `a.b`, `a/b`, `this`, `../`, `[any name]`, `@root`, `@index`, `@key`,
 * `@first`, `@last`; `if`, `unless`, `each`, `with` and plain `{{#name}}` / `{{^name}}` blocks with `else` and `else if`; `as |item index|`;
 * `lookup` and `default`, also as subexpressions; literals, comments, raw blocks, `\{{`, whitespace control. Partials, decorators and
 * other helpers are errors.
 */
import { type ParseResult, parseTemplate } from "./parse.ts";

export { type ParseResult, parseTemplate } from "./parse.ts";
export { type RenderMode, type RenderResult, renderTemplate } from "./render.ts";
export type { Template, TemplateError } from "./tree.ts";
export { fallbacksOf, type TemplateVariable, variablesOf } from "./variables.ts";

/** Characters of source that one cache stands for at most. A tree takes some ten times its source, and an isolate has 128 MB. */
const MAX_CACHED_CHARACTERS = 2_000_000;

export type TemplateCache = {
  /** `parseTemplate(source)`, or the same result as last time for this key. A key met again with another source is parsed again. */
  parse(key: string, source: string): ParseResult;
};

/** A cache of at most `max` parsed templates that forgets the least recently used: parsing takes most of a rendering's time. */
export function createTemplateCache(max: number): TemplateCache {
  // A Map keeps insertion order, and every use inserts anew: the first entry is the one unused for longest.
  const entries = new Map<string, { source: string; result: ParseResult }>();
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
        if (entries.size <= max && characters <= MAX_CACHED_CHARACTERS) break;
        forget(oldest);
      }
      return result;
    },
  };
}
