/**
 * What a template becomes once it is parsed and checked: only things the evaluator can do, with every name already resolved
 * to where its value comes from. Handlebars' own AST is not kept.
 */

export type Literal = string | number | boolean | null | undefined;

/**
 * How people know a value. `variables` are the paths from the root it can be at: `owner.name`, `owners.*.name` inside `each owners`,
 * '' for the root itself, none when it doesn't come from the data or can't be told. `source` is what the template says.
 */
export type Label = { readonly variables: readonly string[]; readonly source: string };

export type Expression =
  | { readonly kind: "literal"; readonly value: Literal }
  /** `depth` counts `../`. */
  | {
      readonly kind: "path";
      readonly depth: number;
      readonly parts: readonly string[];
      readonly label: Label;
    }
  /** `hops` counts the blocks with parameters between the use and the one that declares it, `index` its place there. */
  | {
      readonly kind: "blockParam";
      readonly hops: number;
      readonly index: number;
      readonly parts: readonly string[];
      readonly label: Label;
    }
  /** `@root`, `@index`, `@key`, `@first`, `@last`; `depth` as in `@../index`. */
  | {
      readonly kind: "data";
      readonly depth: number;
      readonly parts: readonly string[];
      readonly label: Label;
    }
  | { readonly kind: "lookup"; readonly object: Expression; readonly key: Expression; readonly label: Label }
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
  /** `section` is a plain `{{#name}}`: it loops, narrows or decides, as the value is a list, an object or a yes/no. */
  | {
      readonly kind: "each" | "with" | "section";
      readonly subject: Expression;
      readonly hasParams: boolean;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** A parsed template. Opaque to callers: get one from `parseTemplate`, hand it to `renderTemplate` and `variablesOf`. */
export type Template = { readonly body: readonly TemplateNode[] };

/** A reason a template can't be used. `line` and `column` count from 1; null when the whole template is meant. */
export type TemplateError = { message: string; line: number | null; column: number | null };
