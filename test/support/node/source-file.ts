import { parseAst, transformWithEsbuild } from "vite";

/**
 * The facts about a source file that the architecture test checks. `impurities` names the impure
 * features that the file uses, such as `await` or a clock.
 */
export type SourceFileFacts = {
  path: string;
  imports: SourceFileImport[];
  isBarrel: boolean;
  impurities: string[];
};
export type SourceFileImport = { specifier: string; isTypeOnly: boolean };

type Node = { type: string; [key: string]: unknown };

const impureMembers = /^(Date\.now|Math\.random|Temporal\.Now|crypto\.|performance\.)/;
const impureCalls = new Set(["fetch", "setTimeout", "setInterval", "queueMicrotask", "Date"]);

/** Matches the end of every form of import: `from "x"`, `import "x"`, `import("x")`. */
const written = /\b(?:from|import)\s*\(?\s*(["'])((?:\.{0,2}\/|[@a-z])[^"'\s]*)\1/g;

/**
 * Returns a source file's imports and impurities. A pattern finds all imports in the source. A
 * parser finds the imports of values in esbuild's output, which has no types.
 * @throws Error for an import that the parser finds and the pattern does not find
 */
export async function parseSourceFile(path: string, source: string): Promise<SourceFileFacts> {
  const { code } = await transformWithEsbuild(source, path, {
    target: "esnext",
    sourcemap: false,
    tsconfigRaw: {
      compilerOptions: { verbatimModuleSyntax: true, jsx: "react-jsx", jsxImportSource: "preact" },
    },
  });
  const { body } = parseAst(code);
  const values = new Set<string>();
  const impurities = new Set<string>();
  walk(body, (node) => {
    const specifier = readSpecifier(path, node);
    if (specifier !== null && !specifier.startsWith("preact/jsx-")) values.add(specifier);
    const impurity = detectImpurity(node);
    if (impurity !== null) impurities.add(impurity);
  });
  const all = new Set(
    Array.from(removeComments(source).matchAll(written), ([, , specifier = ""]) => specifier),
  );
  for (const specifier of values) {
    if (!all.has(specifier)) throw new Error(`${path}: this test can't read the import of "${specifier}"`);
  }
  return {
    path,
    imports: Array.from(all, (specifier) => ({ specifier, isTypeOnly: !values.has(specifier) })),
    isBarrel:
      body.length > 0 && body.every((each) => /^Export/.test(each.type) && "source" in each && each.source),
    impurities: [...impurities],
  };
}

function removeComments(source: string): string {
  return source.replace(/^\s*(\/\/|\/?\*).*$/gm, "");
}

function readSpecifier(path: string, { type, source }: Node): string | null {
  if (!/^(Import|Export\w+)Declaration$|^ImportExpression$/.test(type) || !isNode(source)) return null;
  if (typeof source.value === "string") return source.value;
  // Only these two files may import a path that the code computes, because the loader's URL and the
  // names of a newer build are known only at run time.
  if (path === "plugin/embed/loader.ts" || path === "plugin/embed/newer-build.ts") return null;
  throw new Error(`${path}: imports an address that is computed`);
}

function detectImpurity(node: Node): string | null {
  if (node.async === true) return "async";
  if (node.type === "AwaitExpression") return "await";
  if (node.type === "NewExpression" && readDottedName(node.callee) === "Date" && isEmpty(node.arguments))
    return "new Date()";
  if (node.type === "CallExpression" && impureCalls.has(readDottedName(node.callee)))
    return `${readDottedName(node.callee)}()`;
  const name = node.type === "MemberExpression" ? readDottedName(node) : "";
  return impureMembers.test(name) ? name : null;
}

/**
 * Returns a dotted name such as `a.b.c`, without `globalThis`. Returns "" for any other expression.
 */
function readDottedName(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "Identifier") return String(node.name);
  if (node.type !== "MemberExpression" || node.computed === true) return "";
  return `${readDottedName(node.object)}.${readDottedName(node.property)}`.replace(/^globalThis\./, "");
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) if (typeof child === "object") walk(child, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
