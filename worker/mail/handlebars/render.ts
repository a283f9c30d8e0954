import { dropValueMarks, markValue } from "../value-marks.ts";
import { appendPathParts, listDisplayNames, listValuePaths } from "./labels.ts";
import { maxLoopIterations, maxOutputBytes, maxRenderSteps } from "./limits.ts";
import type { Expression, ParsedTemplate, TemplateNode } from "./tree.ts";
import {
  countUtf8Bytes,
  escapeHandlebarsHtml,
  getOwnValue,
  getOwnValueAtPath,
  isAbsentForBlocks,
  isPrintable,
  isSameContext,
  needsFallback,
  nullContext,
  toPrintedText,
} from "./values.ts";

/**
 * `html` escapes the values that `{{…}}` inserts. `text`, for subjects and text parts, escapes
 * nothing.
 */
export type RenderMode = "html" | "text";
export type RenderResult =
  | { ok: true; output: string }
  | { ok: false; reason: "limit" | "missingVariables"; missing: string[]; message: string };

type Depths = { readonly context: unknown; readonly outer: Depths | null };
type LoopValues = {
  readonly index?: number;
  readonly key?: string | number;
  readonly first?: boolean;
  readonly last?: boolean;
};
type Frame = { readonly values: LoopValues & { readonly root: unknown }; readonly outer: Frame | null };
type Params = { readonly values: readonly unknown[]; readonly outer: Params | null };
/**
 * The meaning of names at one moment of the rendering. `depths` starts at the context. If
 * Handlebars treats the context as equal to the outer context, the block adds no level, so `depths`
 * starts at the outer context.
 */
type Scope = {
  readonly context: unknown;
  readonly depths: Depths;
  readonly frame: Frame;
  readonly params: Params | null;
};
type Run = {
  readonly isEscaping: boolean;
  readonly isStrict: boolean;
  readonly sanitizeValue: ((html: string) => string) | null;
  readonly output: string[];
  readonly missing: Set<string>;
  bytes: number;
  steps: number;
  iterations: number;
};

class LimitReached extends Error {}

/**
 * Renders a template. Values are inserted unchanged and never read as templates. Only the data's
 * own properties can be reached, and nothing in the data is called. Beyond the loop, step or output
 * limit, the rendering fails.
 * - `strict`, for emails that are sent: if a printed value has neither text nor fallback, the
 *   rendering fails and `missing` names the value. Without `strict`, a missing value prints as
 *   nothing, as in Handlebars.
 * - `sanitizeValue`, for a letter that is finished later (finish-letter.ts): every value is put
 *   between marks (value-marks.ts), and each value that is printed unescaped is sanitized.
 */
export function renderTemplate(
  template: ParsedTemplate,
  data: Record<string, unknown>,
  mode: RenderMode,
  options: { strict?: boolean; sanitizeValue?: (html: string) => string } = {},
): RenderResult {
  const run: Run = {
    isEscaping: mode === "html",
    isStrict: options.strict ?? false,
    sanitizeValue: options.sanitizeValue ?? null,
    output: [],
    missing: new Set(),
    bytes: 0,
    steps: 0,
    iterations: 0,
  };
  const frame = { values: { root: data }, outer: null };
  try {
    renderBody(
      template.body,
      { context: data, depths: { context: data, outer: null }, frame, params: null },
      run,
    );
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { ok: false, reason: "limit", missing: [...run.missing], message: error.message };
  }
  if (run.missing.size === 0) return { ok: true, output: run.output.join("") };
  const missing = [...run.missing];
  return { ok: false, reason: "missingVariables", missing, message: `No value for ${missing.join(", ")}` };
}

function renderBody(nodes: readonly TemplateNode[], scope: Scope, run: Run): void {
  for (const node of nodes) {
    countStep(run);
    if (node.kind === "text") write(run.sanitizeValue === null ? node.text : dropValueMarks(node.text), run);
    else if (node.kind === "print") print(node.value, node.escaped && run.isEscaping, scope, run);
    else if (node.kind === "if") renderIf(node, scope, run);
    else renderBlock(node, scope, run);
  }
}

function countStep(run: Run): void {
  if (++run.steps > maxRenderSteps) throw new LimitReached("The template takes too long to render");
}

function write(text: string, run: Run): void {
  run.bytes += text.length > maxOutputBytes ? text.length : countUtf8Bytes(text);
  if (run.bytes > maxOutputBytes) throw new LimitReached(`The email is over ${maxOutputBytes / 1024} KB`);
  run.output.push(text);
}

function print(expression: Expression, isEscaped: boolean, scope: Scope, run: Run): void {
  const value = evaluate(expression, scope, run);
  if (run.isStrict && !isPrintable(value)) {
    for (const name of listUnresolvedNames(expression, value, scope, run)) run.missing.add(name);
  }
  const text = toPrintedText(value);
  // A text that is too long isn't escaped, because `write` refuses the text anyway.
  const isTooLong = text.length > maxOutputBytes;
  if (run.sanitizeValue === null || isTooLong) {
    write(isEscaped && !isTooLong ? escapeHandlebarsHtml(text) : text, run);
    return;
  }
  const own = dropValueMarks(text);
  const isRaw = run.isEscaping && !isEscaped;
  write(isEscaped ? escapeHandlebarsHtml(own) : isRaw ? run.sanitizeValue(own) : own, run);
  // The marks are no part of the email, so the marks do not count as output.
  run.output.push(markValue(run.output.pop() ?? "", listDisplayNames(expression)[0] ?? ""));
}

/**
 * Returns the names of a value that can't be printed. Returns no name if the template itself gives
 * the text, as in `{{default name ""}}`.
 */
function listUnresolvedNames(
  expression: Expression,
  value: unknown,
  scope: Scope,
  run: Run,
): readonly string[] {
  if (expression.kind === "literal") return [];
  if (expression.kind === "lookup") {
    const names = appendPathParts(listValuePaths(expression.object), [
      toPrintedText(evaluate(expression.key, scope, run)),
    ]);
    return names.length > 0 ? names : listDisplayNames(expression);
  }
  if (expression.kind !== "default") return listDisplayNames(expression);
  const instead = listUnresolvedNames(expression.fallback, value, scope, run);
  return instead.length === 0 && needsFallback(value)
    ? []
    : [...listUnresolvedNames(expression.value, value, scope, run), ...instead];
}

type IfNode = Extract<TemplateNode, { kind: "if" }>;
type BlockNode = Extract<TemplateNode, { subject: Expression; hasParams: boolean }>;

function renderIf(node: IfNode, scope: Scope, run: Run): void {
  const value = evaluate(node.subject, scope, run);
  const isAbsent = (!evaluate(node.includeZero, scope, run) && !value) || isAbsentForBlocks(value);
  renderBody(isAbsent === node.negated ? node.body : node.otherwise, reenterScope(scope), run);
}

function renderBlock(node: BlockNode, scope: Scope, run: Run): void {
  const value = evaluate(node.subject, scope, run);
  if (node.kind === "each") {
    if (!renderItems(node, value, scope, run)) renderBody(node.otherwise, reenterScope(scope), run);
  } else if (node.kind === "with") {
    if (isAbsentForBlocks(value)) renderBody(node.otherwise, reenterScope(scope), run);
    else renderBody(node.body, enterContext(withParams(scope, node, [value]), value), run);
  } else renderSection(node, value, scope, run);
}

function renderSection(node: BlockNode, value: unknown, scope: Scope, run: Run): void {
  const isNothing = value === false || value === null || value === undefined;
  if (isNothing || (Array.isArray(value) && value.length === 0)) {
    renderBody(node.otherwise, enterContext(scope, scope.context), run);
  } else if (Array.isArray(value)) renderItems(node, value, scope, run);
  else renderBody(node.body, enterContext(scope, value === true ? scope.context : value), run);
}

/**
 * Renders the body for every item of a list or every value of an object. Returns false if there was
 * no item or value.
 */
function renderItems(node: BlockNode, collection: unknown, scope: Scope, run: Run): boolean {
  if (typeof collection !== "object" || collection === null) return false;
  const keys = Object.keys(collection);
  const isList = Array.isArray(collection);
  const last = isList ? collection.length - 1 : keys.length - 1;
  for (const [position, name] of keys.entries()) {
    const index = isList ? Number(name) : position;
    // A property of a list that is not an item is skipped.
    if (isList && !(index <= last)) continue;
    if (++run.iterations > maxLoopIterations) throw new LimitReached("The template repeats too many times");
    const key = isList ? index : name;
    const item = getOwnValue(collection, name);
    const values = { root: scope.frame.values.root, index, key, first: index === 0, last: index === last };
    const turn = withParams({ ...scope, frame: { values, outer: scope.frame } }, node, [item, key]);
    renderBody(node.body, enterContext(turn, item), run);
  }
  return isList ? last >= 0 : keys.length > 0;
}

function withParams(scope: Scope, node: BlockNode, values: readonly unknown[]): Scope {
  return node.hasParams ? { ...scope, params: { values, outer: scope.params } } : scope;
}

/**
 * Returns the scope inside a block that doesn't change the context. If there is no context,
 * Handlebars gives its helpers an empty object.
 */
function reenterScope(scope: Scope): Scope {
  return enterContext(scope, scope.context ?? nullContext);
}

function enterContext(scope: Scope, context: unknown): Scope {
  const outer = scope.depths;
  const isSame = isSameContext(context, outer.context) || (context === nullContext && outer.context === null);
  return { ...scope, context, depths: isSame ? outer : { context, outer } };
}

function evaluate(expression: Expression, scope: Scope, run: Run): unknown {
  countStep(run);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path":
      return getOwnValueAtPath(
        expression.depth === 0 ? scope.context : climbOutward(scope.depths, expression.depth)?.context,
        expression.parts,
      );
    case "blockParam":
      return getOwnValueAtPath(
        climbOutward(scope.params, expression.hops)?.values[expression.index],
        expression.parts,
      );
    case "data":
      return getDataValue(climbOutward(scope.frame, expression.depth)?.values, expression.parts);
    case "lookup": {
      const object = evaluate(expression.object, scope, run);
      const key = evaluate(expression.key, scope, run);
      // As in Handlebars, a falsy object is returned itself, without a lookup.
      return object
        ? getOwnValue(object, key === null || key === undefined ? String(key) : toPrintedText(key))
        : object;
    }
    case "default": {
      const value = evaluate(expression.value, scope, run);
      return needsFallback(value) ? evaluate(expression.fallback, scope, run) : value;
    }
  }
}

function climbOutward<T extends { readonly outer: T | null }>(start: T | null, steps: number): T | null {
  let current = start;
  for (let i = 0; i < steps && current !== null; i++) current = current.outer;
  return current;
}

/**
 * Returns the value at an `@` path. The path stops at every falsy value, so `{{@first.x}}` prints
 * "false".
 */
function getDataValue(start: unknown, parts: readonly string[]): unknown {
  let current = start;
  for (const part of parts) current = current ? getOwnValue(current, part) : current;
  return current;
}
