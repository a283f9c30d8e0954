/**
 * The tree of a parsed and checked template. The tree has only nodes that the renderer supports,
 * and every name is already resolved to the path of its value. Handlebars' own AST is not kept.
 */

export type Literal = string | number | boolean | null | undefined;

/**
 * The names by which people know a value. `source` is the text in the template. `variables` are the
 * paths from the root at which the value can be:
 * - `owner.name`, or `owners.*.name` inside `each owners`
 * - '' for the root itself
 * - no path if the value doesn't come from the data, or if the path is unknown
 */
export type ValueLabel = { readonly variables: readonly string[]; readonly source: string };

export type Expression =
  | { readonly kind: "literal"; readonly value: Literal }
  /** `depth` counts the `../`. */
  | {
      readonly kind: "path";
      readonly depth: number;
      readonly parts: readonly string[];
      readonly label: ValueLabel;
    }
  /**
   * `hops` counts the blocks with parameters between the use of a parameter and the block that
   * declares the parameter. `index` is the parameter's position in that block.
   */
  | {
      readonly kind: "blockParam";
      readonly hops: number;
      readonly index: number;
      readonly parts: readonly string[];
      readonly label: ValueLabel;
    }
  /**
   * `@root`, `@index`, `@key`, `@first` or `@last`. `depth` counts the `../`, as in `@../index`.
   */
  | {
      readonly kind: "data";
      readonly depth: number;
      readonly parts: readonly string[];
      readonly label: ValueLabel;
    }
  | {
      readonly kind: "lookup";
      readonly object: Expression;
      readonly key: Expression;
      readonly label: ValueLabel;
    }
  | { readonly kind: "default"; readonly value: Expression; readonly fallback: Expression };

export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "print"; readonly value: Expression; readonly escaped: boolean }
  | {
      readonly kind: "if";
      readonly subject: Expression;
      readonly negated: boolean;
      readonly includeZero: Expression;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  /**
   * `section` is a plain `{{#name}}`, which loops over a list, enters an object, or decides by a
   * yes or no.
   */
  | {
      readonly kind: "each" | "with" | "section";
      readonly subject: Expression;
      readonly hasParams: boolean;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/**
 * A parsed template. Opaque to callers: `parseTemplate` returns the template, and `renderTemplate`
 * and `listVariables` take the template.
 */
export type ParsedTemplate = { readonly body: readonly TemplateNode[] };

/**
 * A reason why a template can't be used. `line` and `column` count from 1; both are null if the
 * error concerns the whole template.
 */
export type TemplateError = { message: string; line: number | null; column: number | null };
