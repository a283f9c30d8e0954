import { parseAst, transformWithEsbuild } from "vite";

type Node = { type: string; [key: string]: unknown };

/**
 * Matches a text with words for people: two words in a row, a capitalized word at the start, or the
 * end of a sentence.
 */
const wordsForPeople = /\p{L}{2}[,.’”:]? \S*\p{L}{2}|^\p{Lu}\p{Ll}|\p{L}{2}[.?!…]$/u;
/** The attributes of elements whose texts are codes, and not words for people. */
const codeAttributes =
  /^(?:class|key|type|role|name|icon|kind|tone|id|d|value|viewBox|autocomplete|inputmode|accept|changedBy|owner|slot)$/;
/**
 * Functions whose arguments need no translation here: the arguments are selectors, keys, or
 * messages that a view translates later.
 */
const codeCalls =
  /^(?:useResource|usePagedResource|querySelector|querySelectorAll|closest|matches|execCommand|DateTimeFormat|ListFormat|PluralRules|Error|DOMException|RequestFailure|startsWith|getAttribute|matchMedia|formatCount|includes)$/;

/**
 * Returns the texts of a source file that would stay English in a Spanish tab. These are texts
 * directly in elements, and other texts with words for people that are not in `phrases`.
 * @param phrases the English phrases that have a Spanish phrase
 */
export async function findUntranslatedTexts(
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
/** Matches the name of a key on the keyboard, alone or in a shortcut of an editor. */
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
