/// <reference path="./parser.d.ts" />
import type {
  BlockNode,
  CallNode,
  ExpressionNode,
  LiteralNode,
  MustacheNode,
  PathNode,
  ProgramNode,
  StatementNode,
  SubExpressionNode,
} from "handlebars/dist/cjs/handlebars/compiler/base.js";
import { appendPathParts, formatExpressionSource, listValuePaths } from "./labels.ts";
import { maxTemplateErrors } from "./limits.ts";
import type { Expression, ParsedTemplate, TemplateError, TemplateNode } from "./tree.ts";

type BlockParam = { readonly name: string; readonly variables: readonly string[] };
/** The meaning of names at one position in the template. */
type Scope = {
  readonly errors: TemplateError[];
  /**
   * For each of the names `this`, `../`, `../../` and so on: the paths, from the root of the data,
   * for which the name can stand.
   */
  readonly contexts: readonly (readonly string[])[];
  /** The parameters of each enclosing block with parameters, nearest first. */
  readonly params: readonly (readonly BlockParam[])[];
};

const blockHelpers = new Set(["if", "unless", "each", "with"]);
const valueHelpers = new Set(["lookup", "default"]);
/**
 * Helpers that Handlebars has and we refuse: a campaign has no log, and no code registers missing
 * helpers.
 */
const absentHelpers = new Set(["log", "helperMissing", "blockHelperMissing"]);
const helperUsage = {
  lookup: '"lookup" takes an object and a key: {{lookup property "city"}}',
  default: '"default" takes a value and a fallback: {{default firstName "there"}}',
};
const undefinedLiteral: Expression = { kind: "literal", value: undefined };

/**
 * Converts Handlebars' AST into our own template. If `errors` isn't empty, the template must not be
 * used.
 */
export function buildTemplate(program: ProgramNode): { template: ParsedTemplate; errors: TemplateError[] } {
  const scope: Scope = { errors: [], contexts: [[""]], params: [] };
  return { template: { body: buildBody(program, scope) }, errors: scope.errors };
}

function reportError(scope: Scope, node: { loc?: ProgramNode["loc"] }, message: string): void {
  if (scope.errors.length >= maxTemplateErrors) return;
  const start = node.loc?.start;
  scope.errors.push({ message, line: start?.line ?? null, column: start ? start.column + 1 : null });
}

function buildBody(program: ProgramNode | undefined, scope: Scope): TemplateNode[] {
  return program ? program.body.flatMap((statement) => buildStatement(statement, scope)) : [];
}

function buildStatement(node: StatementNode, scope: Scope): TemplateNode[] {
  switch (node.type) {
    case "ContentStatement":
      return node.value === "" ? [] : [{ kind: "text", text: node.value }];
    case "CommentStatement":
      return [];
    case "MustacheStatement":
      return [{ kind: "print", value: buildValue(node, scope), escaped: node.escaped }];
    case "BlockStatement":
      return buildBlock(node, scope);
    case "PartialStatement":
    case "PartialBlockStatement":
      reportError(scope, node, "Partials ({{> …}}) are not supported: put their text into the template");
      return [];
    default:
      reportError(scope, node, "Decorators ({{* …}}) are not supported");
      return [];
  }
}

function buildBlock(node: BlockNode, scope: Scope): TemplateNode[] {
  const name = readCallName(node);
  const isHelper = isHelperCall(node, name, scope);
  const helper = readSimpleName(name);
  if (isHelper && (helper === null || !blockHelpers.has(helper))) {
    reportError(scope, node, describeBlockProblem(name.original));
    return [];
  }
  const kind = isHelper ? helper : "section";
  const declared = node.program?.blockParams ?? [];
  const misplaced =
    (node.inverse?.blockParams ?? []).length > 0 ||
    (declared.length > 0 && kind !== "each" && kind !== "with");
  if (misplaced) reportError(scope, node, '"as |…|" belongs to {{#each}} and {{#with}} only');
  if (kind === "if" || kind === "unless") return [buildCondition(node, kind, scope)];
  const subject = isHelper ? buildOnlyArgument(node, name.original, scope) : buildPath(name, scope);
  // Only a block helper can have options at this point, because a plain section with options counts
  // as a helper call.
  for (const pair of node.hash?.pairs ?? [])
    reportError(scope, pair, `"${kind}" has no option "${pair.key}"`);
  const places = listValuePaths(subject);
  const entered = kind === "each" ? places.map((place) => (place === "" ? "*" : `${place}.*`)) : places;
  const params = declared.map((param, index) => ({ name: param, variables: index === 0 ? entered : [] }));
  const inner: Scope = {
    ...scope,
    contexts: [entered, ...scope.contexts],
    params: params.length > 0 ? [params, ...scope.params] : scope.params,
  };
  return [
    {
      kind: kind === "each" || kind === "with" ? kind : "section",
      subject,
      hasParams: params.length > 0,
      body: buildBody(node.program, inner),
      otherwise: buildBody(node.inverse, scope),
    },
  ];
}

function buildCondition(node: BlockNode, name: "if" | "unless", scope: Scope): TemplateNode {
  let includeZero = undefinedLiteral;
  for (const pair of node.hash?.pairs ?? []) {
    if (pair.key === "includeZero") includeZero = buildExpression(pair.value, scope);
    else reportError(scope, pair, `"${name}" has no option "${pair.key}"`);
  }
  return {
    kind: "if",
    subject: buildOnlyArgument(node, name, scope),
    negated: name === "unless",
    includeZero,
    body: buildBody(node.program, scope),
    otherwise: buildBody(node.inverse, scope),
  };
}

function buildOnlyArgument(node: BlockNode, name: string, scope: Scope): Expression {
  const [argument, ...others] = node.params;
  if (argument !== undefined && others.length === 0) return buildExpression(argument, scope);
  reportError(scope, node, `"${name}" takes exactly one value: {{#${name} …}}`);
  return undefinedLiteral;
}

function buildExpression(node: ExpressionNode, scope: Scope): Expression {
  switch (node.type) {
    case "PathExpression":
      return buildPath(node, scope);
    case "SubExpression":
      return buildValue(node, scope);
    case "UndefinedLiteral":
      return undefinedLiteral;
    case "NullLiteral":
      return { kind: "literal", value: null };
    default:
      return { kind: "literal", value: node.value };
  }
}

/** Builds the value of a mustache or a subexpression: a path, or a helper's result. */
function buildValue(node: MustacheNode | SubExpressionNode, scope: Scope): Expression {
  const name = readCallName(node);
  if (!isHelperCall(node, name, scope)) return buildPath(name, scope);
  const helper = readSimpleName(name);
  if (helper !== "lookup" && helper !== "default") {
    reportError(scope, node, describeValueProblem(name.original));
    return undefinedLiteral;
  }
  const [first, second, ...others] = node.params;
  if (!first || !second || others.length > 0 || node.hash) {
    reportError(scope, node, helperUsage[helper]);
    return undefinedLiteral;
  }
  const value = buildExpression(first, scope);
  const other = buildExpression(second, scope);
  if (helper === "default") return { kind: "default", value, fallback: other };
  const key = other.kind === "literal" ? [String(other.value)] : [];
  const found = appendPathParts(listValuePaths(value), key);
  const variables = key.length > 0 ? found : found.map((place) => (place === "" ? "*" : `${place}.*`));
  const label = {
    variables,
    source: `lookup ${formatExpressionSource(value)} ${formatExpressionSource(other)}`,
  };
  return { kind: "lookup", object: value, key: other, label };
}

function buildPath(path: PathNode, scope: Scope): Expression {
  const [name, ...rest] = path.parts;
  const source = path.original;
  const param =
    name !== undefined && path.depth === 0 && !startsFromThis(path) ? findParam(scope, name) : null;
  if (param) {
    const label = { variables: appendPathParts(param.variables, rest), source };
    return { kind: "blockParam", hops: param.hops, index: param.index, parts: rest, label };
  }
  // `this`, `..` and, in Handlebars, the empty segment `[]` all mean the context itself.
  const parts = name ? path.parts : [];
  if (path.data && name) {
    const variables = name === "root" ? appendPathParts([""], rest) : [];
    return { kind: "data", depth: path.depth, parts, label: { variables, source } };
  }
  const variables = appendPathParts(scope.contexts[path.depth] ?? [], parts);
  return { kind: "path", depth: path.depth, parts, label: { variables, source } };
}

function findParam(
  scope: Scope,
  name: string,
): { hops: number; index: number; variables: readonly string[] } | null {
  for (const [hops, declared] of scope.params.entries()) {
    const index = declared.findIndex((param) => param.name === name);
    if (index >= 0) return { hops, index, variables: declared[index]?.variables ?? [] };
  }
  return null;
}

/**
 * Returns the name that a mustache, block or subexpression starts with. Handlebars reads a literal
 * there as a name: `{{"first name"}}`.
 */
function readCallName(node: CallNode): PathNode {
  return "parts" in node.path ? node.path : convertLiteralToPath(node.path);
}

function convertLiteralToPath(literal: LiteralNode): PathNode {
  const original = String(literal.original);
  const path = { type: "PathExpression" as const, data: false, depth: 0, parts: [original], original };
  return literal.loc ? { ...path, loc: literal.loc } : path;
}

/**
 * Returns whether a path starts from `this`, by Handlebars' own test. The test also matches names
 * that end in "this".
 */
function startsFromThis(path: PathNode): boolean {
  return /^\.|this\b/.test(path.original);
}

function readSimpleName(path: PathNode): string | null {
  const [name, ...rest] = path.parts;
  return name !== undefined && rest.length === 0 && path.depth === 0 && !startsFromThis(path) ? name : null;
}

/**
 * Returns whether Handlebars would call a helper here: a name with arguments, or the bare name of a
 * helper. A block parameter wins over a helper of the same name.
 */
function isHelperCall(
  node: MustacheNode | BlockNode | SubExpressionNode,
  path: PathNode,
  scope: Scope,
): boolean {
  const name = readSimpleName(path);
  if (name !== null && findParam(scope, name)) return false;
  if (node.type === "SubExpression" || node.params.length > 0 || node.hash) return true;
  return name !== null && (blockHelpers.has(name) || valueHelpers.has(name) || absentHelpers.has(name));
}

function describeValueProblem(name: string): string {
  if (blockHelpers.has(name)) return `"${name}" is a block: {{#${name} …}} … {{/${name}}}`;
  return describeUnknownHelper(name);
}

function describeBlockProblem(name: string): string {
  if (valueHelpers.has(name)) return `"${name}" gives a value and can't be a block: {{${name} …}}`;
  return describeUnknownHelper(name);
}

function describeUnknownHelper(name: string): string {
  return `There is no helper "${name}". Use if, unless, each, with, lookup or default`;
}
