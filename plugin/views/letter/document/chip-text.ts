import { parseSnippetMarker } from "../../../../shared/snippet-marker.ts";
import type { OfferedVariable } from "../../../../shared/template.ts";
import { toVariableLabel } from "../../../words/variable.ts";
import { parseConditionBlock, parseVariableTag, type VariableTag } from "./variable-source.ts";

/** The variables that a letter may use, with the values of one owner. */
export type ChipValues = {
  variables: readonly OfferedVariable[];
  /** The owner's name; null if the property has no owner. */
  owner: string | null;
  /** The office's snippets that the letter may use; undefined if the letter may use none. */
  snippets?: readonly { id: number; name: string; bodyHtml: string }[];
  /**
   * The words that chips (variables, conditions and snippets in the text) show. The default is
   * English, because this file does not load the tab's Spanish texts.
   */
  words?: ChipWords;
};

/** The words that a chip adds to a variable. `{name}` stands for the name of the variable. */
export type ChipWords = Readonly<Record<"missing" | "code" | "snippet" | "ifKnown" | "ifMissing", string>>;

const englishWords: ChipWords = {
  missing: "missing",
  code: "Code",
  snippet: "Snippet",
  ifKnown: "If {name} is known",
  ifMissing: "If {name} is missing",
};

/**
 * The state of a chip. `known`: the chip shows the owner's value, or the snippet's name.
 * `fallback`: the value is missing, so the chip shows the fallback text. `missing`: without the
 * value, the email is not sent. `unfilled`: no owner is chosen, so there is no value.
 */
export type ChipState = "known" | "fallback" | "missing" | "unfilled" | "condition" | "code";
export type ChipText = { label: string; text: string; state: ChipState };

/** Returns the label of a variable for people, such as "First name". */
export function findVariableLabel(path: string, { variables }: ChipValues): string {
  const label = variables.find((variable) => variable.path === path)?.label ?? toVariableLabel(path);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function describeVariable({ path, fallback }: VariableTag, values: ChipValues): ChipText {
  const label = findVariableLabel(path, values);
  const value = values.variables.find((variable) => variable.path === path)?.value ?? null;
  if (value !== null) return { label, text: value, state: "known" };
  const isOfOwner = path.startsWith("recipient.") || path.startsWith("property.");
  const isUnfilled = values.variables.length === 0 || (isOfOwner && values.owner === null);
  if (isUnfilled) return { label, text: "", state: "unfilled" };
  return fallback === null
    ? { label, text: getWords(values).missing, state: "missing" }
    : { label, text: fallback, state: "fallback" };
}

const getWords = ({ words = englishWords }: ChipValues) => words;

/** Returns what a chip shows for a Handlebars tag or block. */
export function describeChip(source: string, values: ChipValues): ChipText {
  const variable = parseVariableTag(source);
  if (variable !== null) return describeVariable(variable, values);
  const condition = parseConditionBlock(source);
  const { code, snippet, ifKnown, ifMissing } = getWords(values);
  const snippetId = parseSnippetMarker(source);
  if (snippetId !== null) {
    const name = values.snippets?.find(({ id }) => id === snippetId)?.name;
    return name === undefined
      ? { label: snippet, text: source, state: "code" }
      : { label: snippet, text: name, state: "known" };
  }
  if (condition === null) return { label: code, text: source, state: "code" };
  const label = condition.isNegated ? ifMissing : ifKnown;
  return {
    label: label.replace("{name}", () => findVariableLabel(condition.path, values).toLowerCase()),
    text: readBody(condition.body, values),
    state: "condition",
  };
}

/** Returns the words inside a condition, with the owner's values in place of the variables. */
function readBody(body: string, values: ChipValues): string {
  return body
    .replace(/<br\s*\/?>/gi, "⏎ ")
    .replace(/<[^>]*>/g, "")
    .replace(/\{\{.*?\}\}/g, (tag) => {
      const { label, text, state } = describeChip(tag, values);
      return state === "known" || state === "fallback" ? text : label;
    })
    .trim();
}
