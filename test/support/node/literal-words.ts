import { parseAst, transformWithEsbuild } from "vite";

type Node = { type: string; [key: string]: unknown };

/**
 * Matches words for people: two words in a row, a capitalized word, or a text that ends a sentence.
 */
const wordsForPeople = /\p{L}{2}[,.’”:]? \S*\p{L}{2}|^\p{Lu}\p{Ll}|\p{L}{2}[.?!…]$/u;
/** The attributes whose texts are codes and not words for people. */
const codeAttributes =
  /^(?:class|key|type|role|name|icon|kind|tone|id|d|value|viewBox|autocomplete|inputmode|accept|changedBy|owner|slot)$/;
/**
 * The calls whose arguments are codes: selectors, keys, and messages that are translated when
 * shown.
 */
const codeCalls =
  /^(?:useResource|usePagedResource|querySelector|querySelectorAll|closest|matches|execCommand|DateTimeFormat|ListFormat|PluralRules|Error|DOMException|RequestFailure|startsWith|getAttribute|matchMedia|formatCount|includes)$/;

/**
 * Returns the texts of a source file that a person would read in English in every language of the
 * tab. These are the texts of elements, and all other texts with words that are missing from the
 * catalogue.
 * @param phrases the keys of the catalogue
 */
export async function findLiteralWords(
  path: string,
  source: string,
  phrases: ReadonlySet<string>,
): Promise<string[]> {
  const { code } = await transformWithEsbuild(source, path, {
    target: "esnext",
    sourcemap: false,
    jsx: "preserve",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, jsx: "preserve" } },
  });
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === "ImportDeclaration" || node.type === "ImportExpression") return;
    if (node.type === "JSXAttribute" && codeAttributes.test(nameOf(node.name))) return;
    if (isCodeCall(node)) return;
    if (node.type === "JSXText" && /\p{L}/u.test(String(node.value))) found.push(String(node.value).trim());
    if (node.type === "Literal" && isForPeople(node.value) && !phrases.has(String(node.value))) {
      found.push(String(node.value));
    }
    if (node.type === "TemplateLiteral") {
      const text = (node.quasis as { value: { cooked: string } }[])
        .map(({ value }) => value.cooked)
        .join("…");
      if (isForPeople(text) && !/[/[\]#<>]|--/.test(text)) found.push(text);
    }
    for (const held of Object.values(node)) visitAll(held, visit);
  };
  visitAll(parseAst(code, { jsx: true }).body, visit);
  return found;
}

function visitAll(held: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(held)) for (const one of held) visitAll(one, visit);
  else if (typeof held === "object" && held !== null && "type" in held) visit(held as Node);
}

const timeZone = /^[A-Z]\w+\/[A-Z]\w+$/;
/** Matches the names of keys, alone or in a shortcut of an editor. */
const keyNames =
  /^(?:(?:Shift|Mod)-)*(?:Escape|Enter|Tab|Arrow\w+|Page(?:Up|Down)|Home|End|Backspace|[a-z0-9])$/;

/** Matches the beginning of a dotted path, such as "templates.". */
const pathPrefix = /^[a-z]\w*\.$/;

const isForPeople = (value: unknown) =>
  typeof value === "string" &&
  wordsForPeople.test(value) &&
  !timeZone.test(value) &&
  !keyNames.test(value) &&
  !pathPrefix.test(value);

const nameOf = (node: unknown): string => {
  const { name, property } = node as { name?: unknown; property?: unknown };
  if (typeof name === "string") return name;
  return property === undefined ? "" : nameOf(property);
};

function isCodeCall({ type, callee }: Node): boolean {
  return (type === "CallExpression" || type === "NewExpression") && codeCalls.test(nameOf(callee));
}
