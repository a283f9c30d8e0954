/**
 * Types for Handlebars' own parser, since the package has no types for the parser. The parser is
 * imported by file, because the package's entry adds the compiler and the runtime. The compiler and
 * the runtime triple the size, and the compiler needs `eval`, which a Worker doesn't have.
 */
declare module "handlebars/dist/cjs/handlebars/compiler/base.js" {
  /** `line` counts from 1, `column` from 0. */
  export type Position = { line: number; column: number };
  type Located = { loc?: { start: Position; end: Position } };

  export type PathNode = Located & {
    type: "PathExpression";
    data: boolean;
    depth: number;
    parts: string[];
    original: string;
  };
  export type LiteralNode = Located &
    (
      | { type: "StringLiteral"; value: string; original: string }
      | { type: "NumberLiteral"; value: number; original: number }
      | { type: "BooleanLiteral"; value: boolean; original: boolean }
      | { type: "UndefinedLiteral"; original?: undefined }
      | { type: "NullLiteral"; original: null }
    );
  export type HashNode = Located & { type: "Hash"; pairs: HashPairNode[] };
  export type HashPairNode = Located & { type: "HashPair"; key: string; value: ExpressionNode };
  /** The common part of a mustache, a block and a subexpression: a name and its arguments. */
  export type CallNode = Located & {
    path: PathNode | LiteralNode;
    params: ExpressionNode[];
    hash?: HashNode | undefined;
  };
  export type SubExpressionNode = CallNode & { type: "SubExpression" };
  export type ExpressionNode = PathNode | LiteralNode | SubExpressionNode;

  export type ProgramNode = Located & {
    type: "Program";
    body: StatementNode[];
    blockParams?: string[] | undefined;
  };
  export type MustacheNode = CallNode & { type: "MustacheStatement"; escaped: boolean };
  export type BlockNode = CallNode & {
    type: "BlockStatement";
    program?: ProgramNode | undefined;
    inverse?: ProgramNode | undefined;
  };
  export type StatementNode =
    | MustacheNode
    | BlockNode
    | (Located & { type: "ContentStatement" | "CommentStatement"; value: string })
    | (Located & { type: "PartialStatement"; params: ExpressionNode[]; hash?: HashNode | undefined })
    | (Located & { type: "PartialBlockStatement"; program: ProgramNode })
    | (CallNode & { type: "Decorator" })
    | (CallNode & { type: "DecoratorBlock"; program: ProgramNode });

  /**
   * Parses text, then removes the whitespace that `~` and standalone lines remove. An AST as input
   * is not parsed again.
   */
  export function parse(input: string | ProgramNode): ProgramNode;
  /** Parses text and leaves its whitespace alone. Throws on a syntax error. */
  export function parseWithoutProcessing(input: string): ProgramNode;

  type Lexer = {
    yy: object;
    yylloc?: { first_line: number; first_column: number };
    setInput(source: string): void;
    /**
     * Returns the next token as its number or its name, or false for a token to be skipped. Throws
     * on a lexical error.
     */
    lex(): number | string | false | undefined;
  };
  export const parser: {
    lexer: Lexer;
    symbols_: Record<string, number>;
    terminals_: Record<number, string>;
  };
}
